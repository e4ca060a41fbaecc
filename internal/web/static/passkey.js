// Passkeys: a button asks the browser for one and sends the answer on. Where the browser has none, the button stays hidden and the
// password works as ever.

async function send(path, body) {
  const res = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) });
  if (res.redirected || !res.headers.get("Content-Type")?.startsWith("application/json")) { // what is asked first is a page
    location.assign(res.redirected ? res.url : location.href);
    return new Promise(() => {});
  }
  const answer = await res.json();
  if (!res.ok) throw new Error(answer.words);
  return answer;
}

// What each button asks for, and where its answer goes.
const ways = {
  login: { options: "/login/passkey/options", answer: "/login/passkey" },
  prove: { options: "/login/passkey/options", answer: "/account/prove/passkey" },
  add: { options: "/account/passkeys/options", answer: "/account/passkeys" },
};

async function ask(way, options) {
  if (way === "add") {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    const { passkey: way, to, words } = button.dataset;
    const trouble = document.getElementById(button.getAttribute("aria-describedby"));
    button.closest("[data-passkeys]").hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      trouble.hidden = true;
      try {
        const { step, options } = await send(ways[way].options);
        const credential = await ask(way, options);
        const name = document.getElementById("passkey-name")?.value ?? "";
        const answer = await send(ways[way].answer, { step, name, to, credential: credential.toJSON() });
        location.assign(answer.to);
      } catch (error) {
        trouble.textContent = error instanceof DOMException ? words : error.message; // the browser's own words are for developers
        trouble.hidden = false;
        button.disabled = false;
      }
    });
  }
}
