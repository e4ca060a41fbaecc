CREATE TABLE public.account (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    login text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    agency text NOT NULL COLLATE pg_catalog."C",
    password text NOT NULL,
    disabled boolean NOT NULL
);

CREATE TABLE public.agency (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    folded text NOT NULL COLLATE pg_catalog."C",
    unit_code text NOT NULL COLLATE pg_catalog."C",
    unit_from text NOT NULL COLLATE pg_catalog."C",
    line text NOT NULL COLLATE pg_catalog."C",
    valid_from text NOT NULL COLLATE pg_catalog."C",
    valid_to text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.also_said (
    realm bigint NOT NULL,
    noun text NOT NULL COLLATE pg_catalog."C",
    record text NOT NULL COLLATE pg_catalog."C",
    src_document text NOT NULL COLLATE pg_catalog."C",
    src_start bigint NOT NULL,
    src_end bigint NOT NULL,
    src_sentence text NOT NULL,
    src_day text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.audit_hash (
    realm bigint NOT NULL,
    idx bigint NOT NULL,
    hash text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.audit_line (
    realm bigint NOT NULL,
    seq bigint NOT NULL,
    at text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    noun text NOT NULL COLLATE pg_catalog."C",
    record text NOT NULL COLLATE pg_catalog."C",
    for_account text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.cell (
    realm bigint NOT NULL,
    period text NOT NULL COLLATE pg_catalog."C",
    indicator text NOT NULL COLLATE pg_catalog."C",
    unit_code text NOT NULL COLLATE pg_catalog."C",
    unit_from text NOT NULL COLLATE pg_catalog."C",
    scope text NOT NULL COLLATE pg_catalog."C",
    measure text NOT NULL COLLATE pg_catalog."C",
    rank text NOT NULL COLLATE pg_catalog."C",
    figure text NOT NULL COLLATE pg_catalog."C",
    value double precision NOT NULL,
    value_of double precision,
    comparator text NOT NULL COLLATE pg_catalog."C",
    vintage text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    claims bigint NOT NULL,
    conflict bigint NOT NULL,
    scope_open bigint NOT NULL,
    CONSTRAINT cell_conflict_check CHECK ((conflict = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT cell_scope_open_check CHECK ((scope_open = ANY (ARRAY[(0)::bigint, (1)::bigint])))
);

CREATE TABLE public.code_factor (
    realm bigint NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    sealed text NOT NULL COLLATE pg_catalog."C",
    since text NOT NULL COLLATE pg_catalog."C",
    step bigint NOT NULL
);

CREATE TABLE public.data_subject (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    sealed text NOT NULL,
    since text NOT NULL COLLATE pg_catalog."C",
    ended_at text NOT NULL COLLATE pg_catalog."C",
    erased_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.data_subject_key (
    realm bigint NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    wrapped text NOT NULL
);

CREATE TABLE public.deputy (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    deputy text NOT NULL COLLATE pg_catalog."C",
    from_day text NOT NULL COLLATE pg_catalog."C",
    to_day text NOT NULL COLLATE pg_catalog."C",
    given_by text NOT NULL COLLATE pg_catalog."C",
    given_at text NOT NULL COLLATE pg_catalog."C",
    ended_by text NOT NULL COLLATE pg_catalog."C",
    ended_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.device (
    realm bigint NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    ends_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.document (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    holder text NOT NULL COLLATE pg_catalog."C",
    blob text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    size bigint NOT NULL,
    text_size bigint NOT NULL,
    format text NOT NULL COLLATE pg_catalog."C",
    converted text NOT NULL COLLATE pg_catalog."C",
    file_name text NOT NULL,
    title text NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    published text NOT NULL COLLATE pg_catalog."C",
    number text NOT NULL,
    issuer text NOT NULL,
    source text NOT NULL,
    filed_at text NOT NULL COLLATE pg_catalog."C",
    filed_by text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.draft (
    realm bigint NOT NULL,
    review text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    figure text,
    item text,
    task boolean NOT NULL,
    by_hand boolean NOT NULL,
    match_record text NOT NULL COLLATE pg_catalog."C",
    settled_by text NOT NULL COLLATE pg_catalog."C",
    settled_at text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    CONSTRAINT draft_check CHECK (((figure IS NULL) <> (item IS NULL)))
);

CREATE TABLE public.entry (
    realm bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    body text NOT NULL COLLATE pg_catalog."C",
    note text NOT NULL COLLATE pg_catalog."C",
    entered_by text NOT NULL COLLATE pg_catalog."C",
    entered_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.feed (
    hash text NOT NULL COLLATE pg_catalog."C",
    realm bigint NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    since text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.figure (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    session text COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    vintage text NOT NULL COLLATE pg_catalog."C",
    indicator text NOT NULL COLLATE pg_catalog."C",
    label text NOT NULL,
    unit_code text NOT NULL COLLATE pg_catalog."C",
    unit_from text NOT NULL COLLATE pg_catalog."C",
    unit_name text NOT NULL,
    period text NOT NULL COLLATE pg_catalog."C",
    scope text NOT NULL COLLATE pg_catalog."C",
    comparator text NOT NULL COLLATE pg_catalog."C",
    value double precision NOT NULL,
    value_of double precision,
    measure text NOT NULL,
    quote text NOT NULL,
    doubt text NOT NULL,
    src_document text COLLATE pg_catalog."C",
    src_start bigint NOT NULL,
    src_end bigint NOT NULL,
    src_sentence text NOT NULL,
    src_day text NOT NULL COLLATE pg_catalog."C",
    entered_by text NOT NULL COLLATE pg_catalog."C",
    entered_at text NOT NULL COLLATE pg_catalog."C",
    confirmed_by text NOT NULL COLLATE pg_catalog."C",
    confirmed_at text NOT NULL COLLATE pg_catalog."C",
    superseded_by text NOT NULL COLLATE pg_catalog."C",
    cut_off text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    state text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    batch text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    verified_by text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    verified_at text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.figure_batch (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    file_name text NOT NULL COLLATE pg_catalog."C",
    sum text NOT NULL COLLATE pg_catalog."C",
    figures bigint NOT NULL,
    made_by text NOT NULL COLLATE pg_catalog."C",
    made_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.holding (
    realm bigint NOT NULL,
    unit_code text NOT NULL COLLATE pg_catalog."C",
    unit_from text NOT NULL COLLATE pg_catalog."C",
    agency text NOT NULL COLLATE pg_catalog."C",
    since text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.job (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    payload text NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    due text NOT NULL COLLATE pg_catalog."C",
    attempts bigint NOT NULL,
    fault text NOT NULL,
    made_at text NOT NULL COLLATE pg_catalog."C",
    ended_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.letter (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    due text NOT NULL COLLATE pg_catalog."C",
    attempts bigint NOT NULL,
    fault text NOT NULL COLLATE pg_catalog."C",
    made_at text NOT NULL COLLATE pg_catalog."C",
    ended_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.login (
    hash text NOT NULL COLLATE pg_catalog."C",
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    device text NOT NULL,
    started_at text NOT NULL COLLATE pg_catalog."C",
    ends_at text NOT NULL COLLATE pg_catalog."C",
    seen_at text NOT NULL COLLATE pg_catalog."C",
    proved_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.login_name (
    login text NOT NULL COLLATE pg_catalog."C",
    realm bigint NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.login_subject (
    issuer text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    realm bigint NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    since text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.mail_choice (
    realm bigint NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    reminders boolean NOT NULL,
    digest boolean NOT NULL,
    since text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.matter (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    session text COLLATE pg_catalog."C",
    words text NOT NULL,
    topic text NOT NULL,
    src_document text COLLATE pg_catalog."C",
    src_start bigint NOT NULL,
    src_end bigint NOT NULL,
    src_sentence text NOT NULL,
    src_day text NOT NULL COLLATE pg_catalog."C",
    said_by text NOT NULL,
    due_words text NOT NULL,
    due text NOT NULL COLLATE pg_catalog."C",
    strength text NOT NULL COLLATE pg_catalog."C",
    past boolean NOT NULL,
    answers text NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    origin text NOT NULL COLLATE pg_catalog."C",
    assigned_by text NOT NULL COLLATE pg_catalog."C",
    opened text NOT NULL COLLATE pg_catalog."C",
    created_by text NOT NULL COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C",
    superseded_by text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    first_due text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    finished text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    product text DEFAULT ''::text NOT NULL,
    cause text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    field text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    level text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    parent text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    parts bigint DEFAULT 0 NOT NULL,
    part_late boolean DEFAULT false NOT NULL,
    stand bigint DEFAULT 2 NOT NULL,
    sort_due text DEFAULT '9999-12-31'::text NOT NULL COLLATE pg_catalog."C",
    sort_first text DEFAULT '9999-12-31'::text NOT NULL COLLATE pg_catalog."C",
    funding text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.matter_event (
    realm bigint NOT NULL,
    matter text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    at text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    from_state text NOT NULL COLLATE pg_catalog."C",
    to_state text NOT NULL COLLATE pg_catalog."C",
    note text NOT NULL,
    document text COLLATE pg_catalog."C",
    due_from text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    due_to text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.matter_file (
    realm bigint NOT NULL,
    matter text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    sha256 text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    format text NOT NULL COLLATE pg_catalog."C",
    size bigint NOT NULL
);

CREATE TABLE public.matter_link (
    realm bigint NOT NULL,
    from_matter text NOT NULL COLLATE pg_catalog."C",
    to_matter text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.matter_party (
    realm bigint NOT NULL,
    matter text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    role text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    unit_code text NOT NULL COLLATE pg_catalog."C",
    unit_from text NOT NULL COLLATE pg_catalog."C",
    agency text NOT NULL COLLATE pg_catalog."C",
    place text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    stand bigint DEFAULT 2 NOT NULL,
    kind text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    state text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    sort_due text DEFAULT '9999-12-31'::text NOT NULL COLLATE pg_catalog."C",
    sort_first text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.matter_tally (
    realm bigint NOT NULL,
    role text NOT NULL COLLATE pg_catalog."C",
    place text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    cell text NOT NULL COLLATE pg_catalog."C",
    first_cell text NOT NULL COLLATE pg_catalog."C",
    number bigint NOT NULL
);

CREATE TABLE public.matter_tally_day (
    realm bigint NOT NULL,
    day text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.passkey (
    realm bigint NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    record text NOT NULL,
    since text NOT NULL COLLATE pg_catalog."C",
    used_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.personal_request (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    received text NOT NULL COLLATE pg_catalog."C",
    due text NOT NULL COLLATE pg_catalog."C",
    law text NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    ground text NOT NULL COLLATE pg_catalog."C",
    sealed text NOT NULL,
    recorded_by text NOT NULL COLLATE pg_catalog."C",
    recorded_at text NOT NULL COLLATE pg_catalog."C",
    settled_by text NOT NULL COLLATE pg_catalog."C",
    settled_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.plan (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    agency text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL
);

CREATE TABLE public.plan_event (
    realm bigint NOT NULL,
    plan text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    at text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    note text NOT NULL,
    version bigint NOT NULL,
    run text NOT NULL COLLATE pg_catalog."C",
    period text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.plan_task (
    realm bigint NOT NULL,
    plan text NOT NULL COLLATE pg_catalog."C",
    item text NOT NULL COLLATE pg_catalog."C",
    period text NOT NULL COLLATE pg_catalog."C",
    run text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    matter text NOT NULL COLLATE pg_catalog."C",
    due text NOT NULL COLLATE pg_catalog."C",
    skipped text NOT NULL COLLATE pg_catalog."C",
    gone boolean NOT NULL,
    made_by text NOT NULL COLLATE pg_catalog."C",
    made_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.plan_version (
    realm bigint NOT NULL,
    plan text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    body text NOT NULL,
    note text NOT NULL,
    changed_by text NOT NULL COLLATE pg_catalog."C",
    changed_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.record_owner (
    realm bigint NOT NULL,
    noun text NOT NULL COLLATE pg_catalog."C",
    record text NOT NULL COLLATE pg_catalog."C",
    owner text NOT NULL COLLATE pg_catalog."C",
    stand bigint DEFAULT 0 NOT NULL,
    kind text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    state text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    sort_due text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    sort_first text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    top bigint DEFAULT 0 NOT NULL,
    cells text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.recovery_code (
    realm bigint NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.reminder (
    realm bigint NOT NULL,
    matter text NOT NULL COLLATE pg_catalog."C",
    rule text NOT NULL COLLATE pg_catalog."C",
    due text NOT NULL COLLATE pg_catalog."C",
    made_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.report (
    realm bigint NOT NULL,
    form text NOT NULL COLLATE pg_catalog."C",
    period text NOT NULL COLLATE pg_catalog."C",
    unit_code text NOT NULL COLLATE pg_catalog."C",
    unit_from text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    due text NOT NULL COLLATE pg_catalog."C",
    entered_by text NOT NULL COLLATE pg_catalog."C",
    submitted text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL
);

CREATE TABLE public.report_event (
    realm bigint NOT NULL,
    form text NOT NULL COLLATE pg_catalog."C",
    period text NOT NULL COLLATE pg_catalog."C",
    unit_code text NOT NULL COLLATE pg_catalog."C",
    unit_from text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    at text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    from_state text NOT NULL COLLATE pg_catalog."C",
    to_state text NOT NULL COLLATE pg_catalog."C",
    note text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.review (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    document text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    reading text NOT NULL,
    head text NOT NULL,
    join_session text NOT NULL COLLATE pg_catalog."C",
    session text NOT NULL COLLATE pg_catalog."C",
    started_by text NOT NULL COLLATE pg_catalog."C",
    started_at text NOT NULL COLLATE pg_catalog."C",
    confirmed_by text NOT NULL COLLATE pg_catalog."C",
    confirmed_at text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL
);

CREATE TABLE public.role_grant (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    agency text NOT NULL COLLATE pg_catalog."C",
    unit_code text NOT NULL COLLATE pg_catalog."C",
    unit_from text NOT NULL COLLATE pg_catalog."C",
    from_day text NOT NULL COLLATE pg_catalog."C",
    to_day text NOT NULL COLLATE pg_catalog."C",
    given_by text NOT NULL COLLATE pg_catalog."C",
    given_at text NOT NULL COLLATE pg_catalog."C",
    ended_by text NOT NULL COLLATE pg_catalog."C",
    ended_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.saved_view (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    agency text NOT NULL COLLATE pg_catalog."C",
    list text NOT NULL COLLATE pg_catalog."C",
    query text NOT NULL,
    name text NOT NULL,
    made_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.schema_version (
    id integer NOT NULL,
    version_id bigint NOT NULL,
    is_applied boolean NOT NULL,
    tstamp timestamp without time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.schema_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.schema_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.search_entry (
    realm bigint NOT NULL,
    noun text NOT NULL COLLATE pg_catalog."C",
    record text NOT NULL COLLATE pg_catalog."C",
    holder text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL,
    body text NOT NULL,
    folded tsvector NOT NULL,
    marked tsvector NOT NULL
);

CREATE TABLE public.session (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL,
    day text NOT NULL COLLATE pg_catalog."C",
    place text NOT NULL,
    programme text NOT NULL,
    offices text NOT NULL,
    created_by text NOT NULL COLLATE pg_catalog."C",
    created_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.session_document (
    realm bigint NOT NULL,
    session text NOT NULL COLLATE pg_catalog."C",
    document text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.session_unit (
    realm bigint NOT NULL,
    session text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    unit_code text NOT NULL COLLATE pg_catalog."C",
    unit_from text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.target (
    realm bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    session text COLLATE pg_catalog."C",
    baseline text NOT NULL COLLATE pg_catalog."C",
    indicator text NOT NULL COLLATE pg_catalog."C",
    label text NOT NULL,
    unit_code text NOT NULL COLLATE pg_catalog."C",
    unit_from text NOT NULL COLLATE pg_catalog."C",
    unit_name text NOT NULL,
    period text NOT NULL COLLATE pg_catalog."C",
    scope text NOT NULL COLLATE pg_catalog."C",
    comparator text NOT NULL COLLATE pg_catalog."C",
    value double precision NOT NULL,
    value_of double precision,
    measure text NOT NULL,
    quote text NOT NULL,
    doubt text NOT NULL,
    src_document text COLLATE pg_catalog."C",
    src_start bigint NOT NULL,
    src_end bigint NOT NULL,
    src_sentence text NOT NULL,
    src_day text NOT NULL COLLATE pg_catalog."C",
    entered_by text NOT NULL COLLATE pg_catalog."C",
    entered_at text NOT NULL COLLATE pg_catalog."C",
    confirmed_by text NOT NULL COLLATE pg_catalog."C",
    confirmed_at text NOT NULL COLLATE pg_catalog."C",
    superseded_by text NOT NULL COLLATE pg_catalog."C",
    reason text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    parent text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.throttle (
    key text NOT NULL COLLATE pg_catalog."C",
    ends_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.ticket (
    hash text NOT NULL COLLATE pg_catalog."C",
    realm bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL,
    ends_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.timetable (
    realm bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    clock text NOT NULL,
    payload text NOT NULL,
    next_at text NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_realm_login_key UNIQUE (realm, login);

ALTER TABLE ONLY public.agency
    ADD CONSTRAINT agency_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.also_said
    ADD CONSTRAINT also_said_pkey PRIMARY KEY (realm, noun, record, src_document, src_start, src_end);

ALTER TABLE ONLY public.audit_hash
    ADD CONSTRAINT audit_hash_pkey PRIMARY KEY (realm, idx);

ALTER TABLE ONLY public.audit_line
    ADD CONSTRAINT audit_line_pkey PRIMARY KEY (realm, seq);

ALTER TABLE ONLY public.cell
    ADD CONSTRAINT cell_pkey PRIMARY KEY (realm, period, indicator, unit_code, unit_from, scope, measure);

ALTER TABLE ONLY public.code_factor
    ADD CONSTRAINT code_factor_pkey PRIMARY KEY (realm, account);

ALTER TABLE ONLY public.data_subject_key
    ADD CONSTRAINT data_subject_key_pkey PRIMARY KEY (realm, subject);

ALTER TABLE ONLY public.data_subject
    ADD CONSTRAINT data_subject_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.deputy
    ADD CONSTRAINT deputy_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_pkey PRIMARY KEY (realm, account, hash);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_realm_holder_blob_key UNIQUE (realm, holder, blob);

ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (realm, review, id);

ALTER TABLE ONLY public.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (realm, kind, key, seq);

ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_realm_account_key UNIQUE (realm, account);

ALTER TABLE ONLY public.figure_batch
    ADD CONSTRAINT figure_batch_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.holding
    ADD CONSTRAINT holding_pkey PRIMARY KEY (realm);

ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_realm_kind_key_key UNIQUE (realm, kind, key);

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_realm_key_key UNIQUE (realm, key);

ALTER TABLE ONLY public.login_name
    ADD CONSTRAINT login_name_pkey PRIMARY KEY (login);

ALTER TABLE ONLY public.login
    ADD CONSTRAINT login_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.login_subject
    ADD CONSTRAINT login_subject_pkey PRIMARY KEY (issuer, subject);

ALTER TABLE ONLY public.mail_choice
    ADD CONSTRAINT mail_choice_pkey PRIMARY KEY (realm, account);

ALTER TABLE ONLY public.matter_event
    ADD CONSTRAINT matter_event_pkey PRIMARY KEY (realm, matter, seq);

ALTER TABLE ONLY public.matter_file
    ADD CONSTRAINT matter_file_pkey PRIMARY KEY (realm, matter, seq, sha256);

ALTER TABLE ONLY public.matter_link
    ADD CONSTRAINT matter_link_pkey PRIMARY KEY (realm, from_matter, to_matter, kind);

ALTER TABLE ONLY public.matter_party
    ADD CONSTRAINT matter_party_pkey PRIMARY KEY (realm, matter, seq);

ALTER TABLE ONLY public.matter
    ADD CONSTRAINT matter_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.matter_tally_day
    ADD CONSTRAINT matter_tally_day_pkey PRIMARY KEY (realm);

ALTER TABLE ONLY public.matter_tally
    ADD CONSTRAINT matter_tally_pkey PRIMARY KEY (realm, role, place, kind, state, cell, first_cell);

ALTER TABLE ONLY public.passkey
    ADD CONSTRAINT passkey_pkey PRIMARY KEY (realm, account, id);

ALTER TABLE ONLY public.personal_request
    ADD CONSTRAINT personal_request_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.plan_event
    ADD CONSTRAINT plan_event_pkey PRIMARY KEY (realm, plan, seq);

ALTER TABLE ONLY public.plan
    ADD CONSTRAINT plan_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.plan_task
    ADD CONSTRAINT plan_task_pkey PRIMARY KEY (realm, plan, item, period, run);

ALTER TABLE ONLY public.plan_version
    ADD CONSTRAINT plan_version_pkey PRIMARY KEY (realm, plan, version);

ALTER TABLE ONLY public.record_owner
    ADD CONSTRAINT record_owner_pkey PRIMARY KEY (realm, noun, record, owner);

ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT recovery_code_pkey PRIMARY KEY (realm, account, hash);

ALTER TABLE ONLY public.reminder
    ADD CONSTRAINT reminder_pkey PRIMARY KEY (realm, matter, rule, due);

ALTER TABLE ONLY public.report_event
    ADD CONSTRAINT report_event_pkey PRIMARY KEY (realm, form, period, unit_code, unit_from, seq);

ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_pkey PRIMARY KEY (realm, form, period, unit_code, unit_from);

ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.role_grant
    ADD CONSTRAINT role_grant_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.schema_version
    ADD CONSTRAINT schema_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.search_entry
    ADD CONSTRAINT search_entry_pkey PRIMARY KEY (realm, noun, record);

ALTER TABLE ONLY public.session_document
    ADD CONSTRAINT session_document_pkey PRIMARY KEY (realm, session, document);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.session_unit
    ADD CONSTRAINT session_unit_pkey PRIMARY KEY (realm, session, seq);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_pkey PRIMARY KEY (realm, id);

ALTER TABLE ONLY public.throttle
    ADD CONSTRAINT throttle_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.ticket
    ADD CONSTRAINT ticket_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.timetable
    ADD CONSTRAINT timetable_pkey PRIMARY KEY (realm, kind);

CREATE INDEX agency_name ON public.agency USING btree (realm, folded, unit_code, id);

CREATE INDEX audit_line_account ON public.audit_line USING btree (realm, account, at, seq);

CREATE INDEX audit_line_action ON public.audit_line USING btree (realm, action, at, seq);

CREATE INDEX audit_line_at ON public.audit_line USING btree (realm, at, seq);

CREATE INDEX audit_line_noun ON public.audit_line USING btree (realm, noun, at, seq);

CREATE INDEX data_subject_erased ON public.data_subject USING btree (realm, erased_at, id);

CREATE INDEX data_subject_kind ON public.data_subject USING btree (realm, kind, id);

CREATE INDEX deputy_account ON public.deputy USING btree (realm, account, given_at, id);

CREATE INDEX deputy_deputy ON public.deputy USING btree (realm, deputy, given_at, id);

CREATE INDEX document_holder ON public.document USING btree (realm, holder, id);

CREATE INDEX figure_document ON public.figure USING btree (realm, src_document, indicator, period, src_day, id) WHERE (src_document IS NOT NULL);

CREATE INDEX figure_indicator ON public.figure USING btree (realm, indicator, period, src_day, id);

CREATE INDEX figure_session ON public.figure USING btree (realm, session, indicator, period, src_day, id) WHERE (session IS NOT NULL);

CREATE INDEX figure_unit ON public.figure USING btree (realm, unit_code, indicator, period, src_day, id);

CREATE INDEX job_due ON public.job USING btree (due) WHERE (ended_at = ''::text);

CREATE INDEX job_state ON public.job USING btree (state, due);

CREATE INDEX letter_ended ON public.letter USING btree (realm, state, ended_at, id);

CREATE INDEX letter_state ON public.letter USING btree (realm, state, due, id);

CREATE INDEX login_account ON public.login USING btree (realm, account, seen_at, hash);

CREATE INDEX login_ends ON public.login USING btree (ends_at);

CREATE INDEX login_subject_account ON public.login_subject USING btree (realm, account, issuer, subject);

CREATE INDEX matter_asked ON public.matter USING btree (realm, stand, kind, field, level, state, opened, sort_due, created_at, funding, id) WHERE (kind = 'recommendation'::text);

CREATE INDEX matter_document ON public.matter USING btree (realm, src_document, opened, id);

CREATE INDEX matter_due ON public.matter USING btree (realm, sort_due) WHERE ((stand = 1) AND (parent = ''::text));

CREATE INDEX matter_first ON public.matter USING btree (realm, sort_first) WHERE ((stand = 1) AND (parent = ''::text));

CREATE INDEX matter_link_gather ON public.matter_link USING btree (realm, from_matter, to_matter, kind) WHERE (kind <> 'answers'::text);

CREATE INDEX matter_link_to ON public.matter_link USING btree (realm, to_matter, from_matter, kind);

CREATE INDEX matter_opened ON public.matter USING btree (realm, opened, id);

CREATE INDEX matter_origin ON public.matter USING btree (realm, origin, opened, id);

CREATE INDEX matter_parent ON public.matter USING btree (realm, parent, opened, id) WHERE (parent <> ''::text);

CREATE INDEX matter_party_due ON public.matter_party USING btree (realm, role, sort_due, place, kind, state, sort_first) WHERE (stand = 1);

CREATE INDEX matter_party_first ON public.matter_party USING btree (realm, role, sort_first, place, kind, state, sort_due) WHERE (stand = 1);

CREATE INDEX matter_party_place ON public.matter_party USING btree (realm, role, stand, place, kind, sort_due, matter, state);

CREATE INDEX matter_party_unit ON public.matter_party USING btree (realm, unit_code, role, matter);

CREATE INDEX matter_session ON public.matter USING btree (realm, session, opened, id);

CREATE INDEX matter_stand ON public.matter USING btree (realm, stand, kind, parent, sort_due, id);

CREATE INDEX personal_request_due ON public.personal_request USING btree (realm, due, id);

CREATE INDEX personal_request_state ON public.personal_request USING btree (realm, state, due, id);

CREATE INDEX personal_request_subject ON public.personal_request USING btree (realm, subject, due, id);

CREATE INDEX plan_kind ON public.plan USING btree (realm, kind, state, id);

CREATE INDEX plan_task_matter ON public.plan_task USING btree (realm, matter);

CREATE UNIQUE INDEX plan_task_once ON public.plan_task USING btree (realm, plan, item, period) WHERE (NOT gone);

CREATE INDEX record_owner_owner ON public.record_owner USING btree (realm, noun, owner, stand, kind, sort_due, record, state, top, sort_first, cells);

CREATE INDEX report_unit ON public.report USING btree (realm, unit_code, period, form);

CREATE INDEX review_document ON public.review USING btree (realm, document, id);

CREATE INDEX review_state ON public.review USING btree (realm, state, started_at, id);

CREATE INDEX role_grant_account ON public.role_grant USING btree (realm, account, given_at, id);

CREATE INDEX saved_view_account ON public.saved_view USING btree (realm, account, list);

CREATE INDEX saved_view_agency ON public.saved_view USING btree (realm, agency, list);

CREATE INDEX search_folded ON public.search_entry USING gin (folded);

CREATE INDEX search_marked ON public.search_entry USING gin (marked);

CREATE INDEX session_day ON public.session USING btree (realm, day, id);

CREATE INDEX session_document_document ON public.session_document USING btree (realm, document, session);

CREATE INDEX session_unit_code ON public.session_unit USING btree (realm, unit_code, session);

CREATE INDEX target_document ON public.target USING btree (realm, src_document, indicator, period, src_day, id);

CREATE INDEX target_indicator ON public.target USING btree (realm, indicator, period, src_day, id);

CREATE INDEX target_parent ON public.target USING btree (realm, parent, unit_code, id) WHERE (parent <> ''::text);

CREATE INDEX target_period ON public.target USING btree (realm, period, indicator, unit_code, id) WHERE (superseded_by = ''::text);

COMMENT ON INDEX public.target_period IS 'what a scorecard reads';

CREATE INDEX target_session ON public.target USING btree (realm, session, indicator, period, src_day, id);

CREATE INDEX target_unit ON public.target USING btree (realm, unit_code, indicator, period, src_day, id);

CREATE INDEX throttle_ends ON public.throttle USING btree (ends_at);

CREATE INDEX ticket_account ON public.ticket USING btree (realm, account, kind);

CREATE INDEX ticket_ends ON public.ticket USING btree (ends_at);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_realm_agency_fkey FOREIGN KEY (realm, agency) REFERENCES public.agency(realm, id);

ALTER TABLE ONLY public.also_said
    ADD CONSTRAINT also_said_realm_src_document_fkey FOREIGN KEY (realm, src_document) REFERENCES public.document(realm, id);

ALTER TABLE ONLY public.code_factor
    ADD CONSTRAINT code_factor_realm_account_fkey FOREIGN KEY (realm, account) REFERENCES public.account(realm, id);

ALTER TABLE ONLY public.data_subject_key
    ADD CONSTRAINT data_subject_key_realm_subject_fkey FOREIGN KEY (realm, subject) REFERENCES public.data_subject(realm, id);

ALTER TABLE ONLY public.deputy
    ADD CONSTRAINT deputy_realm_account_fkey FOREIGN KEY (realm, account) REFERENCES public.account(realm, id);

ALTER TABLE ONLY public.deputy
    ADD CONSTRAINT deputy_realm_deputy_fkey FOREIGN KEY (realm, deputy) REFERENCES public.account(realm, id);

ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_realm_account_fkey FOREIGN KEY (realm, account) REFERENCES public.account(realm, id);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_realm_holder_fkey FOREIGN KEY (realm, holder) REFERENCES public.agency(realm, id);

ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_realm_review_fkey FOREIGN KEY (realm, review) REFERENCES public.review(realm, id);

ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_realm_account_fkey FOREIGN KEY (realm, account) REFERENCES public.account(realm, id);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_realm_session_fkey FOREIGN KEY (realm, session) REFERENCES public.session(realm, id);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_realm_src_document_fkey FOREIGN KEY (realm, src_document) REFERENCES public.document(realm, id);

ALTER TABLE ONLY public.mail_choice
    ADD CONSTRAINT mail_choice_realm_account_fkey FOREIGN KEY (realm, account) REFERENCES public.account(realm, id);

ALTER TABLE ONLY public.matter_event
    ADD CONSTRAINT matter_event_realm_document_fkey FOREIGN KEY (realm, document) REFERENCES public.document(realm, id);

ALTER TABLE ONLY public.matter_event
    ADD CONSTRAINT matter_event_realm_matter_fkey FOREIGN KEY (realm, matter) REFERENCES public.matter(realm, id);

ALTER TABLE ONLY public.matter_file
    ADD CONSTRAINT matter_file_realm_matter_seq_fkey FOREIGN KEY (realm, matter, seq) REFERENCES public.matter_event(realm, matter, seq);

ALTER TABLE ONLY public.matter_link
    ADD CONSTRAINT matter_link_realm_from_matter_fkey FOREIGN KEY (realm, from_matter) REFERENCES public.matter(realm, id);

ALTER TABLE ONLY public.matter_link
    ADD CONSTRAINT matter_link_realm_to_matter_fkey FOREIGN KEY (realm, to_matter) REFERENCES public.matter(realm, id);

ALTER TABLE ONLY public.matter_party
    ADD CONSTRAINT matter_party_realm_matter_fkey FOREIGN KEY (realm, matter) REFERENCES public.matter(realm, id);

ALTER TABLE ONLY public.matter
    ADD CONSTRAINT matter_realm_session_fkey FOREIGN KEY (realm, session) REFERENCES public.session(realm, id);

ALTER TABLE ONLY public.matter
    ADD CONSTRAINT matter_realm_src_document_fkey FOREIGN KEY (realm, src_document) REFERENCES public.document(realm, id);

ALTER TABLE ONLY public.passkey
    ADD CONSTRAINT passkey_realm_account_fkey FOREIGN KEY (realm, account) REFERENCES public.account(realm, id);

ALTER TABLE ONLY public.personal_request
    ADD CONSTRAINT personal_request_realm_subject_fkey FOREIGN KEY (realm, subject) REFERENCES public.data_subject(realm, id);

ALTER TABLE ONLY public.plan_event
    ADD CONSTRAINT plan_event_realm_plan_fkey FOREIGN KEY (realm, plan) REFERENCES public.plan(realm, id);

ALTER TABLE ONLY public.plan_task
    ADD CONSTRAINT plan_task_realm_plan_fkey FOREIGN KEY (realm, plan) REFERENCES public.plan(realm, id);

ALTER TABLE ONLY public.plan_version
    ADD CONSTRAINT plan_version_realm_plan_fkey FOREIGN KEY (realm, plan) REFERENCES public.plan(realm, id);

ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT recovery_code_realm_account_fkey FOREIGN KEY (realm, account) REFERENCES public.account(realm, id);

ALTER TABLE ONLY public.report_event
    ADD CONSTRAINT report_event_realm_form_period_unit_code_unit_from_fkey FOREIGN KEY (realm, form, period, unit_code, unit_from) REFERENCES public.report(realm, form, period, unit_code, unit_from);

ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_realm_document_fkey FOREIGN KEY (realm, document) REFERENCES public.document(realm, id);

ALTER TABLE ONLY public.role_grant
    ADD CONSTRAINT role_grant_realm_account_fkey FOREIGN KEY (realm, account) REFERENCES public.account(realm, id);

ALTER TABLE ONLY public.role_grant
    ADD CONSTRAINT role_grant_realm_agency_fkey FOREIGN KEY (realm, agency) REFERENCES public.agency(realm, id);

ALTER TABLE ONLY public.session_document
    ADD CONSTRAINT session_document_realm_document_fkey FOREIGN KEY (realm, document) REFERENCES public.document(realm, id);

ALTER TABLE ONLY public.session_document
    ADD CONSTRAINT session_document_realm_session_fkey FOREIGN KEY (realm, session) REFERENCES public.session(realm, id);

ALTER TABLE ONLY public.session_unit
    ADD CONSTRAINT session_unit_realm_session_fkey FOREIGN KEY (realm, session) REFERENCES public.session(realm, id);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_realm_session_fkey FOREIGN KEY (realm, session) REFERENCES public.session(realm, id);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_realm_src_document_fkey FOREIGN KEY (realm, src_document) REFERENCES public.document(realm, id);
