package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// onsets are the consonants that a syllable can begin with, the longer ones before those that they begin with.
var onsets = strings.Fields("ngh ng nh gh gi kh ph th tr ch qu b c d đ g h k l m n p r s t v x")

// rhymes are what can follow, without the tone's mark. Of a syllable in gi and qu the second letter counts to both where it must.
var rhymes = func() map[string]bool {
	m := map[string]bool{}
	for _, r := range strings.Fields(`
		a ai ao au ay ac ach am an ang anh ap at  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
		e eo ec em en eng ep et  ê êu êch êm ên ênh êp êt  i ia iu ich im in inh ip it iêc iêm iên iêng iêp iêt iêu
		o oi oc om on ong op ot ooc oong oa oai oao oac oach oam oan oang oanh oap oat oay oăc oăm oăn oăng oăt oe oeo oen oet
		ô ôi ôc ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
		u ua ui uc um un ung up ut uôc uôi uôm uôn uông uôt uân uâng uât uây uê uêch uênh uơ uy uya uyên uyêt uych uynh uyt uyp uyu
		ư ưa ưi ưu ưc ưng ưt ươc ươi ươm ươn ương ươp ươt ươu  y yêu yêm yên yêng yêt`) {
		m[r] = true
	}
	return m
}()

// afterQ are the rhymes that follow q: they begin with its u.
var afterQ = func() map[string]bool {
	m := map[string]bool{}
	for _, r := range strings.Fields(`ua uai uao uau uay uac uach uan uang uanh uat uăc uăm uăn uăng uăp uăt uân uâng uât uây
		ue uen ueo uet uê uên uênh uêt uêch uêu ui uit uơ uy uyên uyêt uynh uyt uych uôc uôi uôn uôt`) {
		m[r] = true
	}
	return m
}()

// toneMarks are the five marks; those after the first two do not stand on a syllable that ends in a stop (c, ch, p, t), which has one of
// the first two.
const toneMarks = "\u0301\u0323\u0300\u0309\u0303"

// syllable reports whether a word is spelled as a Vietnamese syllable can be. Its case does not matter, nor on which vowel the tone
// is marked. That is about one in fifty of the strings that look alike, so words in the wrong encoding hardly ever pass.
func syllable(word string) bool {
	if len(word) > 32 {
		return false
	}
	tone := rune(0)
	var bare strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		if !strings.ContainsRune(toneMarks, r) {
			bare.WriteRune(r)
			continue
		}
		if tone != 0 {
			return false
		}
		tone = r
	}
	s := norm.NFC.String(bare.String())
	onset, rest := split(s)
	switch {
	case onset == "qu":
		return afterQ["u"+rest] && stopAgrees(rest, tone)
	case onset == "gi" && (rest == "" || rhymes["i"+rest]):
		return stopAgrees(rest, tone) // gì, giếng
	case !rhymes[rest]:
		return false
	}
	first, _ := utf8.DecodeRuneInString(rest)
	front := strings.ContainsRune("eêiy", first)
	switch onset {
	case "k", "gh", "ngh":
		if !front {
			return false
		}
	case "c", "g", "ng":
		if front {
			return false
		}
	}
	return stopAgrees(rest, tone)
}

// split cuts the onset off.
func split(s string) (onset, rest string) {
	for _, o := range onsets {
		if after, ok := strings.CutPrefix(s, o); ok {
			return o, after
		}
	}
	return "", s
}

func stopAgrees(rhyme string, tone rune) bool {
	stop := strings.HasSuffix(rhyme, "c") || strings.HasSuffix(rhyme, "ch") || strings.HasSuffix(rhyme, "p") || strings.HasSuffix(rhyme, "t")
	return !stop || tone == '\u0301' || tone == '\u0323'
}
