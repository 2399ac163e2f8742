
CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);

CREATE FUNCTION public.audit_erase_entries(entries uuid[], actor uuid, reason text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  here uuid := nullif(current_setting('guanxi.workspace', true), '')::uuid;
  of_journal bigint;
  of_audit bigint;
BEGIN
  UPDATE journal_entry j SET
    erased = sha256(jsonb_send(j.changes)),
    changes = (SELECT jsonb_object_agg(k, '[null, null]'::jsonb) FROM jsonb_object_keys(j.changes) k)
  WHERE j.workspace_id = here AND j.id = ANY(entries) AND j.erased IS NULL
    AND jsonb_typeof(j.changes) = 'object' AND j.changes <> '{}'::jsonb;
  GET DIAGNOSTICS of_journal = ROW_COUNT;
  UPDATE audit_entry a SET erased = sha256(jsonb_send(a.detail)), detail = '{}'::jsonb
  WHERE a.workspace_id = here AND a.id = ANY(entries) AND a.erased IS NULL AND a.kind <> 'journal.erased'
    AND a.detail <> '{}'::jsonb;
  GET DIAGNOSTICS of_audit = ROW_COUNT;
  IF of_journal + of_audit > 0 THEN
    INSERT INTO audit_entry (id, workspace_id, at, kind, actor_id, via, count, detail)
    VALUES (gen_random_uuid(), here, clock_timestamp(), 'journal.erased', actor, 'system', of_journal + of_audit,
      jsonb_build_object('reason', reason, 'entries', to_jsonb(entries)));
  END IF;
  RETURN of_journal + of_audit;
END $$;

CREATE FUNCTION public.audit_erase_journal(records uuid[], actor uuid, reason text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  here uuid := nullif(current_setting('guanxi.workspace', true), '')::uuid;
  erased_rows bigint;
BEGIN
  UPDATE journal_entry j SET
    erased = coalesce(j.erased, sha256(jsonb_send(j.changes))),
    changes = (SELECT jsonb_object_agg(k, '[null, null]'::jsonb) FROM jsonb_object_keys(j.changes) k)
  WHERE j.workspace_id = here AND j.record_id = ANY(records) AND (j.erased IS NULL OR jsonb_path_exists(j.changes, 'lax $.*[*] ? (@ != null)'))
    AND jsonb_typeof(j.changes) = 'object' AND j.changes <> '{}'::jsonb;
  GET DIAGNOSTICS erased_rows = ROW_COUNT;
  IF erased_rows > 0 THEN
    INSERT INTO audit_entry (id, workspace_id, at, kind, actor_id, via, count, detail)
    VALUES (gen_random_uuid(), here, clock_timestamp(), 'journal.erased', actor, 'system', erased_rows,
      jsonb_build_object('reason', reason, 'records', to_jsonb(records)));
  END IF;
  RETURN erased_rows;
END $_$;

CREATE FUNCTION public.audit_seal_journal(entries uuid[], sealed jsonb[], actor uuid, reason text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  here uuid := nullif(current_setting('guanxi.workspace', true), '')::uuid;
  of_records uuid[];
BEGIN
  WITH done AS (
    UPDATE journal_entry j SET erased = coalesce(j.erased, sha256(jsonb_send(j.changes))), changes = n.changes
    FROM unnest(entries, sealed) AS n(id, changes)
    WHERE j.workspace_id = here AND j.id = n.id AND jsonb_typeof(n.changes) = 'object'
      AND (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(n.changes) k)
        = (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(j.changes) k)
      AND NOT jsonb_path_exists(n.changes, 'lax $.*[*] ? (@ != null && !(@.type() == "string" && @ starts with "gx1."))')
    RETURNING j.record_id
  ) SELECT array_agg(DISTINCT record_id) INTO of_records FROM done;
  IF of_records IS NOT NULL THEN
    INSERT INTO audit_entry (id, workspace_id, at, kind, actor_id, via, count, detail)
    VALUES (gen_random_uuid(), here, clock_timestamp(), 'journal.sealed', actor, 'system',
      coalesce(array_length(of_records, 1), 0),
      jsonb_build_object('reason', reason, 'records', to_jsonb(of_records)));
  END IF;
  RETURN coalesce(array_length(of_records, 1), 0);
END $_$;

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.subject_erase_consents(records uuid[]) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  here uuid := nullif(current_setting('guanxi.workspace', true), '')::uuid;
  emptied bigint;
BEGIN
  UPDATE consent_entry c SET ip = '', agent = '', note = '', file_id = NULL
  WHERE c.workspace_id = here AND c.record_id = ANY(records);
  GET DIAGNOSTICS emptied = ROW_COUNT;
  RETURN emptied;
END $$;

CREATE TABLE public.access_delegation (
    id uuid NOT NULL,
    from_user_id uuid NOT NULL,
    to_user_id uuid NOT NULL,
    level character varying(8) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.access_role (
    id uuid NOT NULL,
    key character varying(40) NOT NULL,
    name jsonb NOT NULL,
    note jsonb NOT NULL,
    template character varying(40) NOT NULL,
    rights jsonb NOT NULL,
    "position" integer NOT NULL,
    version integer NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.access_setting (
    id uuid NOT NULL,
    separate_duties boolean NOT NULL,
    workspace_id uuid NOT NULL,
    off_asked_at timestamp with time zone,
    off_asked_by uuid
);

CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);

ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.allauth_idp_oidc_client (
    id character varying(100) NOT NULL,
    name character varying(100) NOT NULL,
    secret character varying(200) NOT NULL,
    scopes text NOT NULL,
    type character varying(20) NOT NULL,
    grant_types text NOT NULL,
    redirect_uris text NOT NULL,
    cors_origins text NOT NULL,
    response_types text NOT NULL,
    skip_consent boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    data jsonb,
    owner_id uuid,
    default_scopes text NOT NULL,
    allow_uri_wildcards boolean NOT NULL
);

CREATE TABLE public.allauth_idp_oidc_token (
    id bigint NOT NULL,
    type character varying(2) NOT NULL,
    hash character varying(255) NOT NULL,
    data jsonb,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    scopes text NOT NULL,
    client_id character varying(100),
    user_id uuid
);

ALTER TABLE public.allauth_idp_oidc_token ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.allauth_idp_oidc_token_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.api_token (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    prefix character varying(16) NOT NULL,
    token_hash character varying(64) NOT NULL,
    scopes jsonb NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.app_user (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(100) NOT NULL,
    locale character varying(8) NOT NULL,
    theme character varying(8) NOT NULL,
    preferences jsonb NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL
);

CREATE TABLE public.assignment (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    how character varying(12) NOT NULL,
    rule_id uuid,
    person_id uuid,
    queue_id uuid,
    why jsonb NOT NULL,
    facts jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    accept_by timestamp with time zone,
    accepted_at timestamp with time zone,
    ended_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.assignment_desk (
    id uuid NOT NULL,
    enabled boolean NOT NULL,
    doors jsonb NOT NULL,
    hours jsonb,
    fallback_user uuid,
    fallback_queue uuid,
    response_minutes integer,
    version integer NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.assignment_person (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    max_open integer,
    per_day integer,
    regions jsonb NOT NULL,
    skills jsonb NOT NULL,
    hours jsonb,
    away_from timestamp with time zone,
    away_until timestamp with time zone,
    version integer NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.assignment_queue (
    id uuid NOT NULL,
    name jsonb NOT NULL,
    members jsonb NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.assignment_queued (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    queue_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.assignment_rule (
    id uuid NOT NULL,
    name jsonb NOT NULL,
    "position" integer NOT NULL,
    enabled boolean NOT NULL,
    filter jsonb,
    method character varying(10) NOT NULL,
    targets jsonb NOT NULL,
    queue_id uuid,
    past_owner boolean NOT NULL,
    territory boolean NOT NULL,
    skill_field character varying(40) NOT NULL,
    in_hours boolean NOT NULL,
    accept_minutes integer,
    turns jsonb NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.audit_block (
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    stream character varying(8) NOT NULL,
    seq integer NOT NULL,
    epoch integer NOT NULL,
    from_tx bigint NOT NULL,
    from_id uuid NOT NULL,
    to_tx bigint NOT NULL,
    to_id uuid NOT NULL,
    count integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    leaves bytea NOT NULL,
    prev bytea NOT NULL,
    hash bytea NOT NULL
);

CREATE TABLE public.audit_entry (
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(40) NOT NULL,
    actor_id uuid,
    token_id uuid,
    ip character varying(45) DEFAULT ''::character varying NOT NULL,
    agent character varying(120) DEFAULT ''::character varying NOT NULL,
    via character varying(16) DEFAULT ''::character varying NOT NULL,
    operation character varying(120) DEFAULT ''::character varying NOT NULL,
    object_key character varying(40) DEFAULT ''::character varying NOT NULL,
    record_id uuid,
    count bigint DEFAULT 1 NOT NULL,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    tx bigint DEFAULT (0 + ((pg_current_xact_id())::text)::bigint) NOT NULL,
    erased bytea
)
PARTITION BY RANGE (at);

CREATE TABLE public.audit_entry_rest (
    id uuid CONSTRAINT audit_entry_id_not_null NOT NULL,
    workspace_id uuid CONSTRAINT audit_entry_workspace_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT audit_entry_at_not_null NOT NULL,
    kind character varying(40) CONSTRAINT audit_entry_kind_not_null NOT NULL,
    actor_id uuid,
    token_id uuid,
    ip character varying(45) DEFAULT ''::character varying CONSTRAINT audit_entry_ip_not_null NOT NULL,
    agent character varying(120) DEFAULT ''::character varying CONSTRAINT audit_entry_agent_not_null NOT NULL,
    via character varying(16) DEFAULT ''::character varying CONSTRAINT audit_entry_via_not_null NOT NULL,
    operation character varying(120) DEFAULT ''::character varying CONSTRAINT audit_entry_operation_not_null NOT NULL,
    object_key character varying(40) DEFAULT ''::character varying CONSTRAINT audit_entry_object_key_not_null NOT NULL,
    record_id uuid,
    count bigint DEFAULT 1 CONSTRAINT audit_entry_count_not_null NOT NULL,
    detail jsonb DEFAULT '{}'::jsonb CONSTRAINT audit_entry_detail_not_null NOT NULL,
    tx bigint DEFAULT (0 + ((pg_current_xact_id())::text)::bigint) CONSTRAINT audit_entry_tx_not_null NOT NULL,
    erased bytea
);

CREATE TABLE public.audit_epoch (
    epoch integer NOT NULL,
    system bigint,
    tx_offset bigint NOT NULL,
    began_at timestamp with time zone NOT NULL
);

CREATE TABLE public.audit_reading (
    id bigint NOT NULL,
    workspace_id uuid NOT NULL,
    actor_id uuid NOT NULL,
    token_id uuid,
    object_key character varying(40) NOT NULL,
    hour timestamp with time zone NOT NULL,
    requests integer NOT NULL,
    records bigint NOT NULL,
    is_told boolean NOT NULL
);

ALTER TABLE public.audit_reading ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audit_reading_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_settings (
    workspace_id uuid NOT NULL,
    visible_watermark boolean NOT NULL,
    alert_factor integer NOT NULL,
    alert_least integer NOT NULL,
    night_from integer NOT NULL,
    night_to integer NOT NULL,
    version integer NOT NULL
);

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.backup_run (
    id bigint NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    reason character varying(16) NOT NULL,
    place text NOT NULL,
    name character varying(100) NOT NULL,
    size bigint NOT NULL,
    rows bigint NOT NULL,
    error jsonb NOT NULL
);

ALTER TABLE public.backup_run ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.backup_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.bulk_job (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    op character varying(10) NOT NULL,
    spec jsonb NOT NULL,
    target jsonb NOT NULL,
    status character varying(10) NOT NULL,
    via character varying(16) NOT NULL,
    locale character varying(8) NOT NULL,
    created_by uuid NOT NULL,
    total_count integer NOT NULL,
    done_count integer NOT NULL,
    changed_count integer NOT NULL,
    unchanged_count integer NOT NULL,
    refused_count integer NOT NULL,
    "position" uuid,
    error jsonb,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.bulk_refusal (
    id uuid NOT NULL,
    record_id uuid NOT NULL,
    title text NOT NULL,
    errors jsonb NOT NULL,
    job_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.call (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    subject text NOT NULL,
    body text,
    direction text,
    outcome text,
    phone text,
    duration numeric(15,0),
    at timestamp with time zone,
    next_contact_at timestamp with time zone,
    contact_id uuid,
    customer_id uuid,
    owner_id uuid,
    workspace_id uuid NOT NULL,
    lead_id uuid,
    opportunity_id uuid,
    photos jsonb
);

CREATE TABLE public.change_set (
    id uuid NOT NULL,
    actor_id uuid NOT NULL,
    via character varying(16) NOT NULL,
    kind character varying(16) NOT NULL,
    object_key character varying(40) NOT NULL,
    record_id uuid,
    title text NOT NULL,
    record_count integer NOT NULL,
    other_count integer NOT NULL,
    at timestamp with time zone NOT NULL,
    undo_state character varying(8) NOT NULL,
    undo jsonb,
    workspace_id uuid NOT NULL,
    parent_id uuid
);

CREATE TABLE public.clause (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text,
    topic text,
    body text,
    owner_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.commission_line (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    actual numeric(20,2) NOT NULL,
    target numeric(20,2),
    amount numeric(18,2) NOT NULL,
    steps jsonb NOT NULL,
    workspace_id uuid NOT NULL,
    statement_id uuid NOT NULL
);

CREATE TABLE public.commission_rule (
    id uuid NOT NULL,
    name jsonb NOT NULL,
    basis character varying(10) NOT NULL,
    mode character varying(12) NOT NULL,
    bands jsonb NOT NULL,
    people jsonb NOT NULL,
    enabled boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    plan_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.commission_statement (
    id uuid NOT NULL,
    start date NOT NULL,
    said jsonb NOT NULL,
    total numeric(18,2) NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    closed_by uuid,
    rule_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.consent_entry (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    record_id uuid NOT NULL,
    channel character varying(12) NOT NULL,
    scope character varying(12) NOT NULL,
    state character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    source character varying(10) NOT NULL,
    text_shown text NOT NULL,
    file_id uuid,
    ip character varying(45) NOT NULL,
    agent character varying(300) NOT NULL,
    note text NOT NULL,
    link_id uuid,
    by uuid,
    by_name character varying(120) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    notice_version_id uuid,
    purpose_id uuid NOT NULL
);

CREATE TABLE public.consent_link (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    record_id uuid NOT NULL,
    token_hash character varying(64) NOT NULL,
    purposes jsonb NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    used_at timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.contact (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text NOT NULL,
    family_name text,
    given_name text,
    job_title text,
    department text,
    roles jsonb,
    is_decision_maker boolean,
    mobile text,
    phone text,
    email text,
    wechat text,
    gender text,
    birthday date,
    region jsonb,
    next_contact_at timestamp with time zone,
    last_contact_at timestamp with time zone,
    description text,
    owner_id uuid,
    workspace_id uuid NOT NULL,
    customer_id uuid
);

CREATE TABLE public.contest (
    id uuid NOT NULL,
    name jsonb NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    prize character varying(200) NOT NULL,
    people jsonb NOT NULL,
    winners jsonb NOT NULL,
    closed_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    plan_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.contract (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text NOT NULL,
    number text,
    status text,
    currency character varying(3),
    rate numeric(18,6),
    base_total numeric(18,2),
    tax_included boolean,
    discount numeric(5,2),
    subtotal numeric(18,2),
    discount_total numeric(18,2),
    net_total numeric(18,2),
    tax_total numeric(18,2),
    total numeric(18,2),
    submitted_by uuid,
    submitted_at timestamp with time zone,
    approval_reasons text,
    decided_by uuid,
    decided_at timestamp with time zone,
    decision_note text,
    description text,
    kind text,
    signed_on date,
    starts_on date,
    ends_on date,
    terms text,
    amends_id uuid,
    contact_id uuid,
    customer_id uuid,
    opportunity_id uuid,
    owner_id uuid,
    workspace_id uuid NOT NULL,
    quote_id uuid,
    notice_days numeric(4,0),
    renewal_id uuid,
    cost_total numeric(18,2),
    gross_profit numeric(18,2),
    attachments jsonb
);

CREATE TABLE public.currency_rate (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text,
    currency character varying(3),
    day date,
    rate numeric(18,6),
    owner_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.custom_record (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    object_key character varying(40) NOT NULL,
    owner_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.customer (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text NOT NULL,
    kind text,
    tier text,
    lifecycle text,
    relationship_level text,
    industry text,
    size text,
    source text,
    tags jsonb,
    region jsonb,
    phone text,
    mobile text,
    email text,
    wechat text,
    website text,
    tax_number text,
    legal_representative text,
    registered_capital numeric(18,2),
    founded numeric(4,0),
    founded_date date,
    employees numeric(15,0),
    annual_revenue numeric(18,2),
    credit_limit numeric(18,2),
    payment_terms text,
    next_contact_at timestamp with time zone,
    last_contact_at timestamp with time zone,
    description text,
    owner_id uuid,
    parent_id uuid,
    primary_contact_id uuid,
    workspace_id uuid NOT NULL,
    owned_since timestamp with time zone,
    pool text,
    pool_due_at timestamp with time zone,
    pool_note text,
    pool_reason text,
    pooled_at timestamp with time zone,
    previous_owner uuid,
    protected_until timestamp with time zone
);

CREATE TABLE public.customer_insight (
    id uuid NOT NULL,
    stage character varying(12) NOT NULL,
    stage_since date,
    gap numeric(8,1),
    pause numeric(8,0),
    orders numeric(12,0),
    spend numeric(18,2),
    average numeric(18,2),
    first_on date,
    last_on date,
    recency numeric(1,0),
    frequency numeric(1,0),
    monetary numeric(1,0),
    segment character varying(12),
    profit numeric(18,2),
    share numeric(9,6),
    tier character varying(8),
    tier_since date,
    clv numeric(18,2),
    clv_low numeric(18,2),
    clv_high numeric(18,2),
    alive numeric(5,1),
    churn numeric(5,1),
    next_on date,
    workspace_id uuid NOT NULL,
    offer uuid,
    offers jsonb,
    revenue numeric(18,2),
    goods numeric(18,2),
    serving numeric(18,2)
);

CREATE TABLE public.customer_insight_change (
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    was character varying(12),
    now character varying(12),
    day date NOT NULL,
    figures jsonb NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.customer_insight_month (
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    month date NOT NULL,
    stage character varying(12) NOT NULL,
    tier character varying(8),
    segment character varying(12),
    orders numeric(12,0),
    spend numeric(18,2),
    clv numeric(18,2),
    churn numeric(5,1),
    workspace_id uuid NOT NULL
);

CREATE TABLE public.dashboard (
    id uuid NOT NULL,
    name jsonb NOT NULL,
    scope character varying(12) NOT NULL,
    is_default boolean NOT NULL,
    default_roles jsonb NOT NULL,
    locked boolean NOT NULL,
    definition jsonb NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    owner_id uuid,
    team_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.data_key (
    id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    version integer NOT NULL,
    master character varying(200) NOT NULL,
    wrapped bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    in_force boolean DEFAULT true NOT NULL
);

CREATE TABLE public.delivery (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text,
    number text,
    status text,
    carrier text,
    tracking_number text,
    received_on date,
    closing_note text,
    description text,
    planned_on date,
    shipped_on date,
    owner_id uuid,
    sales_order_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.discount_band (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text,
    role text,
    tier text,
    limit_percent numeric(5,2),
    contract_limit numeric(18,2),
    owner_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);

CREATE TABLE public.duplicate_cluster (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    score double precision NOT NULL,
    ids jsonb NOT NULL,
    pairs jsonb NOT NULL,
    state character varying(10) NOT NULL,
    workspace_id uuid NOT NULL,
    run_id uuid NOT NULL
);

CREATE TABLE public.duplicate_decision (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    a_id uuid NOT NULL,
    b_id uuid NOT NULL,
    a_mark character varying(40) NOT NULL,
    b_mark character varying(40) NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.duplicate_run (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    rule character varying(20) NOT NULL,
    threshold double precision NOT NULL,
    state character varying(10) NOT NULL,
    progress double precision NOT NULL,
    columns jsonb NOT NULL,
    records integer NOT NULL,
    clusters integer NOT NULL,
    pairs bigint NOT NULL,
    capped jsonb NOT NULL,
    error jsonb,
    merging jsonb,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.erasure_certificate (
    id uuid NOT NULL,
    request_id uuid NOT NULL,
    number character varying(24) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by uuid,
    body jsonb NOT NULL,
    hash character varying(64) NOT NULL,
    erased jsonb NOT NULL,
    kept jsonb NOT NULL,
    marks jsonb NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.event (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    subject text NOT NULL,
    body text,
    kind text,
    start_at timestamp with time zone,
    end_at timestamp with time zone,
    place text,
    contact_id uuid,
    customer_id uuid,
    owner_id uuid,
    workspace_id uuid NOT NULL,
    lead_id uuid,
    opportunity_id uuid,
    accuracy numeric(15,0),
    checked_in_at timestamp with time zone,
    checked_in_place jsonb,
    distance numeric(15,0),
    next_contact_at timestamp with time zone,
    outcome text,
    photos jsonb
);

CREATE TABLE public.expense (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text NOT NULL,
    number text,
    kind text,
    status text,
    spent_on date,
    campaign text,
    hours numeric(8,2),
    hourly_cost numeric(18,2),
    amount numeric(18,2),
    currency character varying(3),
    rate numeric(18,6),
    base_amount numeric(18,2),
    receipts jsonb,
    description text,
    submitted_by uuid,
    submitted_at timestamp with time zone,
    decided_by uuid,
    decided_at timestamp with time zone,
    decision_note text,
    customer_id uuid,
    opportunity_id uuid,
    owner_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.export_job (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    format character varying(8) NOT NULL,
    query jsonb NOT NULL,
    status character varying(12) NOT NULL,
    created_by uuid,
    locale character varying(8) NOT NULL,
    filename text NOT NULL,
    file_id uuid,
    done_rows integer NOT NULL,
    total_rows integer NOT NULL,
    error jsonb,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.field_confirmation (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    record_id uuid NOT NULL,
    field character varying(40) NOT NULL,
    by uuid,
    at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.field_mark (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    record_id uuid NOT NULL,
    field character varying(40) NOT NULL,
    kind character varying(10) NOT NULL,
    by uuid,
    at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    status character varying(11) DEFAULT ''::character varying NOT NULL
);

CREATE TABLE public.field_rule (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    name jsonb NOT NULL,
    condition jsonb,
    enabled boolean NOT NULL,
    "position" integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    effects jsonb NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.former_value (
    id bigint NOT NULL,
    task_id uuid NOT NULL,
    record_id uuid NOT NULL,
    old jsonb,
    new jsonb,
    workspace_id uuid NOT NULL
);

ALTER TABLE public.former_value ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.former_value_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hand_over (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    plan jsonb NOT NULL,
    status character varying(10) NOT NULL,
    via character varying(16) NOT NULL,
    locale character varying(8) NOT NULL,
    created_by uuid NOT NULL,
    step integer NOT NULL,
    "position" uuid,
    dealt integer NOT NULL,
    moved_count integer NOT NULL,
    refused_count integer NOT NULL,
    refused jsonb NOT NULL,
    work jsonb NOT NULL,
    error jsonb,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.idempotency_key (
    id uuid NOT NULL,
    actor_id uuid NOT NULL,
    key character varying(200) NOT NULL,
    request_hash character varying(64) NOT NULL,
    status integer NOT NULL,
    body bytea NOT NULL,
    content_type character varying(100) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.import_job (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    status character varying(12) NOT NULL,
    file_id uuid NOT NULL,
    filename text NOT NULL,
    created_by uuid,
    locale character varying(8) NOT NULL,
    layout jsonb NOT NULL,
    sheet text,
    sheets jsonb NOT NULL,
    columns jsonb NOT NULL,
    row_count integer NOT NULL,
    mapping jsonb NOT NULL,
    options jsonb NOT NULL,
    prepared jsonb NOT NULL,
    preview jsonb,
    "position" integer NOT NULL,
    done_rows integer NOT NULL,
    tries integer NOT NULL,
    counts jsonb NOT NULL,
    error jsonb,
    created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.import_row (
    id uuid NOT NULL,
    "row" integer NOT NULL,
    status character varying(8) NOT NULL,
    cells jsonb NOT NULL,
    clipped jsonb NOT NULL,
    errors jsonb NOT NULL,
    job_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.insight_run (
    id uuid NOT NULL,
    day date NOT NULL,
    state character varying(10) NOT NULL,
    progress integer NOT NULL,
    nightly boolean NOT NULL,
    rules jsonb NOT NULL,
    models_used jsonb NOT NULL,
    freshness jsonb NOT NULL,
    figures jsonb NOT NULL,
    missing jsonb NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.insight_settings (
    id uuid NOT NULL,
    rules jsonb NOT NULL,
    version integer NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.installed_template (
    id uuid NOT NULL,
    key character varying(40) NOT NULL,
    made jsonb NOT NULL,
    samples jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.invitation (
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    token_hash character varying(64) NOT NULL,
    mail_token_hash character varying(64),
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    invited_by_id uuid,
    user_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.invoice (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text NOT NULL,
    number text,
    kind text,
    status text,
    issued_on date,
    content text,
    currency character varying(3),
    rate numeric(18,6),
    total numeric(18,2),
    tax_rate numeric(5,2),
    amount numeric(18,2),
    tax numeric(18,2),
    base_total numeric(18,2),
    reversed_total numeric(18,2),
    received numeric(18,2),
    outstanding numeric(18,2),
    tax_number text,
    bank text,
    bank_account text,
    address text,
    phone text,
    send_to text,
    reason text,
    description text,
    contract_id uuid,
    customer_id uuid,
    owner_id uuid,
    reverses_id uuid,
    workspace_id uuid NOT NULL,
    sales_order_id uuid
);

CREATE TABLE public.journal_entry (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    record_id uuid NOT NULL,
    version integer NOT NULL,
    action character varying(16) NOT NULL,
    changes jsonb NOT NULL,
    actor_id uuid,
    via character varying(16) NOT NULL,
    batch_id uuid,
    at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    tx bigint DEFAULT (0 + ((pg_current_xact_id())::text)::bigint) NOT NULL,
    erased bytea
);

CREATE TABLE public.keep_rule (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    years integer NOT NULL,
    ground text NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.kept_record (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    record_id uuid NOT NULL,
    request_id uuid NOT NULL,
    until timestamp with time zone NOT NULL,
    ground text NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.layout (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    name jsonb NOT NULL,
    condition jsonb,
    enabled boolean NOT NULL,
    "position" integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    kind character varying(8) NOT NULL,
    roles jsonb NOT NULL,
    definition jsonb NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.lead (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text NOT NULL,
    company text,
    contact_name text,
    job_title text,
    mobile text,
    phone text,
    email text,
    wechat text,
    website text,
    status text,
    source text,
    channel text,
    tier text,
    rating integer,
    industry text,
    region jsonb,
    need text,
    tags jsonb,
    next_contact_at timestamp with time zone,
    last_contact_at timestamp with time zone,
    disqualify_reason text,
    converted_at timestamp with time zone,
    description text,
    converted_contact_id uuid,
    converted_customer_id uuid,
    owner_id uuid,
    workspace_id uuid NOT NULL,
    converted_opportunity_id uuid,
    owned_since timestamp with time zone,
    pool text,
    pool_due_at timestamp with time zone,
    pool_note text,
    pool_reason text,
    pooled_at timestamp with time zone,
    previous_owner uuid,
    protected_until timestamp with time zone,
    campaign text,
    first_response_at timestamp with time zone,
    first_response_due_at timestamp with time zone,
    first_response_minutes numeric(15,0),
    landing_page text,
    score numeric(15,0),
    utm_campaign text,
    utm_content text,
    utm_medium text,
    utm_source text,
    utm_term text,
    attachments jsonb,
    referral_code text
);

CREATE TABLE public.legal_hold (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    record_id uuid NOT NULL,
    reason text NOT NULL,
    until timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    released_at timestamp with time zone,
    released_by uuid,
    workspace_id uuid NOT NULL,
    waiting jsonb NOT NULL
);

CREATE TABLE public.mail_bounce (
    id uuid NOT NULL,
    mail character varying(64) NOT NULL,
    address character varying(64) NOT NULL,
    status character varying(11) NOT NULL,
    at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.mailbox_state (
    mailbox character varying(64) NOT NULL,
    validity bigint NOT NULL,
    last_uid bigint NOT NULL,
    read_at timestamp with time zone NOT NULL
);

CREATE TABLE public.membership (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    sort_key text NOT NULL COLLATE pg_catalog."C",
    search_key text NOT NULL,
    role character varying(16) NOT NULL,
    status character varying(16) NOT NULL,
    joined_at timestamp with time zone,
    last_seen_at timestamp with time zone,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    manager_id uuid,
    user_id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    team_id uuid,
    extra_roles character varying(40)[] DEFAULT '{}'::character varying(40)[] NOT NULL
);

CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);

ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.note (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    subject text NOT NULL,
    body text,
    method text,
    next_contact_at timestamp with time zone,
    contact_id uuid,
    customer_id uuid,
    lead_id uuid,
    owner_id uuid,
    workspace_id uuid NOT NULL,
    opportunity_id uuid,
    outcome text,
    photos jsonb
);

CREATE TABLE public.notification (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    title jsonb NOT NULL,
    body jsonb NOT NULL,
    url text NOT NULL,
    data jsonb NOT NULL,
    group_key character varying(120),
    read_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    user_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.offer_link (
    id uuid NOT NULL,
    quote_id uuid NOT NULL,
    token_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    revoked_at timestamp with time zone,
    first_seen_at timestamp with time zone,
    last_seen_at timestamp with time zone,
    seen_count integer NOT NULL,
    answer character varying(10) NOT NULL,
    answered_at timestamp with time zone,
    name text NOT NULL,
    comment text NOT NULL,
    ip text NOT NULL,
    agent text NOT NULL,
    signature jsonb,
    document jsonb,
    document_hash character varying(64) NOT NULL,
    workspace_id uuid NOT NULL,
    mailed_to jsonb NOT NULL
);

CREATE TABLE public.opportunity (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text NOT NULL,
    number text,
    pipeline text,
    stage text,
    status text,
    probability numeric(5,2),
    amount numeric(18,2),
    currency character varying(3),
    start_date date,
    expected_close_date date,
    close_date date,
    stage_entered_at timestamp with time zone,
    source text,
    competitor text,
    loss_reason text,
    loss_note text,
    next_step text,
    next_contact_at timestamp with time zone,
    last_contact_at timestamp with time zone,
    tags jsonb,
    description text,
    contact_id uuid,
    customer_id uuid,
    owner_id uuid,
    workspace_id uuid NOT NULL,
    product_id uuid,
    base_total numeric(18,2),
    rate numeric(18,6),
    checklist jsonb,
    close_pushes numeric(15,0),
    cycle_days numeric(15,0),
    forecast_category text,
    win_reason text
);

CREATE TABLE public.order_status_link (
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    token_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    first_seen_at timestamp with time zone,
    last_seen_at timestamp with time zone,
    seen_count integer NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.password_age (
    user_id uuid NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    earlier jsonb NOT NULL
);

CREATE TABLE public.payment (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text,
    number text,
    kind text,
    paid_on date,
    currency character varying(3),
    rate numeric(18,6),
    amount numeric(18,2),
    base_amount numeric(18,2),
    method text,
    payer text,
    reference text,
    status text,
    void_reason text,
    allocated numeric(18,2),
    refunded numeric(18,2),
    surplus numeric(18,2),
    exchange_difference numeric(18,2),
    description text,
    customer_id uuid,
    owner_id uuid,
    refunds_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.payment_plan (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text,
    sequence numeric(6,0),
    due_on date,
    currency character varying(3),
    rate numeric(18,6),
    amount numeric(18,2),
    received numeric(18,2),
    outstanding numeric(18,2),
    status text,
    void_reason text,
    notice_days numeric(4,0),
    reminder text,
    description text,
    contract_id uuid,
    customer_id uuid,
    owner_id uuid,
    workspace_id uuid NOT NULL,
    sales_order_id uuid
);

CREATE TABLE public.pipeline (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    key character varying(40) NOT NULL,
    name jsonb NOT NULL,
    is_default boolean NOT NULL,
    "position" integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.price_book (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text NOT NULL,
    is_active boolean,
    currency character varying(3),
    tiers jsonb,
    region jsonb,
    starts_on date,
    ends_on date,
    priority numeric(6,0),
    description text,
    owner_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.price_book_entry (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text,
    price numeric(18,2),
    from_quantity numeric(18,4),
    owner_id uuid,
    price_book_id uuid,
    product_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.print_template (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    source text NOT NULL,
    version integer NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.privacy_assessment (
    id uuid NOT NULL,
    title character varying(200) NOT NULL,
    triggers jsonb NOT NULL,
    answers jsonb NOT NULL,
    risks jsonb NOT NULL,
    conclusion text NOT NULL,
    state character varying(10) NOT NULL,
    signed_by uuid,
    signed_by_name character varying(120) NOT NULL,
    signed_at timestamp with time zone,
    keep_until date,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    purpose_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.privacy_breach (
    id uuid NOT NULL,
    title character varying(200) NOT NULL,
    what text NOT NULL,
    cause text NOT NULL,
    harm text NOT NULL,
    data text NOT NULL,
    measures text NOT NULL,
    advice text NOT NULL,
    contact text NOT NULL,
    occurred_at timestamp with time zone,
    discovered_at timestamp with time zone NOT NULL,
    object_key character varying(40) NOT NULL,
    filter jsonb,
    affected integer,
    listed_at timestamp with time zone,
    texts jsonb NOT NULL,
    authority_at timestamp with time zone,
    authority_reason text NOT NULL,
    persons_at timestamp with time zone,
    persons_reason text NOT NULL,
    closing text NOT NULL,
    closed_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.privacy_breach_event (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    text text NOT NULL,
    by uuid,
    by_name character varying(120) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    breach_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.privacy_notice (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    public_key character varying(80) NOT NULL,
    draft jsonb NOT NULL,
    published integer NOT NULL,
    retired boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.privacy_notice_version (
    id uuid NOT NULL,
    number integer NOT NULL,
    title jsonb NOT NULL,
    body jsonb NOT NULL,
    purposes jsonb NOT NULL,
    change_note text NOT NULL,
    renews boolean NOT NULL,
    effective_from timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    published_by uuid,
    published_by_name character varying(120) NOT NULL,
    published_at timestamp with time zone NOT NULL,
    notice_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.privacy_purpose (
    id uuid NOT NULL,
    key character varying(40) NOT NULL,
    name jsonb NOT NULL,
    description jsonb NOT NULL,
    basis character varying(20) NOT NULL,
    basis_note text NOT NULL,
    channels jsonb NOT NULL,
    separate jsonb NOT NULL,
    consent_text jsonb NOT NULL,
    people jsonb NOT NULL,
    data jsonb NOT NULL,
    data_note text NOT NULL,
    recipients jsonb NOT NULL,
    cross_border text NOT NULL,
    retention text NOT NULL,
    measures text NOT NULL,
    retired boolean NOT NULL,
    renewed_at timestamp with time zone,
    "position" integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.privacy_sharing (
    id uuid NOT NULL,
    recipient character varying(200) NOT NULL,
    contact character varying(200) NOT NULL,
    mode character varying(10) NOT NULL,
    data text NOT NULL,
    basis text NOT NULL,
    shared_on date NOT NULL,
    ended_on date,
    note text NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    purpose_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.product (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text NOT NULL,
    code text,
    category text,
    unit text,
    price numeric(18,2),
    cost numeric(18,2),
    currency character varying(3),
    tax_rate numeric(5,2),
    is_active boolean,
    description text,
    owner_id uuid,
    workspace_id uuid NOT NULL,
    barcode text,
    floor_price numeric(18,2),
    spec text,
    stock_note text
);

CREATE TABLE public.quality_repair (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    repair character varying(40) NOT NULL,
    state character varying(10) NOT NULL,
    repaired integer NOT NULL,
    refused integer NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.quality_settings (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    weights jsonb,
    fields jsonb,
    review_days integer,
    version integer NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.quality_snapshot (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    day date NOT NULL,
    records integer NOT NULL,
    overall double precision,
    scores jsonb NOT NULL,
    detail jsonb NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.quote (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text NOT NULL,
    number text,
    status text,
    currency character varying(3),
    rate numeric(18,6),
    base_total numeric(18,2),
    tax_included boolean,
    discount numeric(5,2),
    subtotal numeric(18,2),
    discount_total numeric(18,2),
    net_total numeric(18,2),
    tax_total numeric(18,2),
    total numeric(18,2),
    submitted_by uuid,
    submitted_at timestamp with time zone,
    approval_reasons text,
    decided_by uuid,
    decided_at timestamp with time zone,
    decision_note text,
    description text,
    revision numeric(6,0),
    issued_on date,
    valid_until date,
    sent_at timestamp with time zone,
    answered_at timestamp with time zone,
    terms text,
    contact_id uuid,
    customer_id uuid,
    opportunity_id uuid,
    owner_id uuid,
    previous_id uuid,
    workspace_id uuid NOT NULL,
    answer_note text,
    answered_by text,
    opened_at timestamp with time zone
);

CREATE TABLE public.record_alias (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    old_id uuid NOT NULL,
    record_id uuid NOT NULL,
    merge_id uuid NOT NULL,
    merged_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.record_alias_key (
    id bigint NOT NULL,
    object_key character varying(40) NOT NULL,
    rule character varying(48) NOT NULL,
    value text NOT NULL COLLATE pg_catalog."C",
    record_id uuid NOT NULL,
    old_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

ALTER TABLE public.record_alias_key ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.record_alias_key_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.record_collaborator (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    record_id uuid NOT NULL,
    user_id uuid,
    team_id uuid,
    level character varying(8) NOT NULL,
    until timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    role character varying(20) DEFAULT ''::character varying NOT NULL,
    share numeric(5,2)
);

CREATE TABLE public.record_key (
    id bigint NOT NULL,
    object_key character varying(40) NOT NULL,
    rule character varying(48) NOT NULL,
    value text NOT NULL COLLATE pg_catalog."C",
    record_id uuid NOT NULL,
    strict boolean NOT NULL,
    workspace_id uuid NOT NULL
);

ALTER TABLE public.record_key ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.record_key_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.record_link (
    id bigint NOT NULL,
    object_key character varying(40) NOT NULL,
    field_key character varying(40) NOT NULL,
    source_id uuid NOT NULL,
    target_id uuid NOT NULL,
    "position" integer NOT NULL,
    workspace_id uuid NOT NULL
);

ALTER TABLE public.record_link ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.record_link_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.record_request (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    record_id uuid NOT NULL,
    requester_id uuid NOT NULL,
    owner_id uuid,
    manager_id uuid,
    message text NOT NULL,
    state character varying(10) NOT NULL,
    answer text NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.referral (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text,
    number text,
    status text,
    code text,
    referred_on date,
    first_paid_on date,
    reward numeric(18,2),
    reward_note text,
    rewarded_on date,
    void_reason text,
    description text,
    customer_id uuid,
    first_payment_id uuid,
    lead_id uuid,
    owner_id uuid,
    referrer_id uuid,
    referrer_contact_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.referral_code (
    id uuid NOT NULL,
    code character varying(12) NOT NULL,
    object_key character varying(20) NOT NULL,
    record_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.referral_terms (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    amount numeric(18,2),
    percent numeric(5,2),
    cap numeric(18,2),
    version integer NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.retention_rule (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    object_key character varying(40) NOT NULL,
    filter jsonb,
    age_field character varying(40) NOT NULL,
    or_created boolean NOT NULL,
    period integer NOT NULL,
    unit character varying(6) NOT NULL,
    action character varying(10) NOT NULL,
    fields jsonb NOT NULL,
    enabled boolean NOT NULL,
    tried_version integer NOT NULL,
    last_run_on date,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.retention_run (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    object_key character varying(40) NOT NULL,
    action character varying(10) NOT NULL,
    fields jsonb NOT NULL,
    tree jsonb NOT NULL,
    state character varying(10) NOT NULL,
    done integer NOT NULL,
    held integer NOT NULL,
    refused integer NOT NULL,
    started_by uuid,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    rule_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.sales_calendar_feed (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    token_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.sales_event_guest (
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    record_id uuid NOT NULL,
    address text NOT NULL,
    uid character varying(160) NOT NULL,
    state character varying(10) NOT NULL,
    sequence integer NOT NULL,
    locale character varying(10) NOT NULL,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    workspace_id uuid NOT NULL,
    proposed_start timestamp with time zone,
    proposed_end timestamp with time zone
);

CREATE TABLE public.sales_order (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text NOT NULL,
    number text,
    status text,
    currency character varying(3),
    rate numeric(18,6),
    base_total numeric(18,2),
    tax_included boolean,
    discount numeric(5,2),
    subtotal numeric(18,2),
    discount_total numeric(18,2),
    net_total numeric(18,2),
    tax_total numeric(18,2),
    total numeric(18,2),
    description text,
    ordered_on date,
    due_on date,
    delivery_address text,
    confirmed_at timestamp with time zone,
    closing_note text,
    returned_total numeric(18,2),
    owed_total numeric(18,2),
    contact_id uuid,
    contract_id uuid,
    customer_id uuid,
    opportunity_id uuid,
    owner_id uuid,
    quote_id uuid,
    workspace_id uuid NOT NULL,
    credit_note text,
    credit_released numeric(18,2)
);

CREATE TABLE public.sales_plan (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    name jsonb NOT NULL,
    condition jsonb,
    steps jsonb NOT NULL,
    stops_on_contact boolean NOT NULL,
    workdays boolean NOT NULL,
    enabled boolean NOT NULL,
    seeding boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    is_sample boolean NOT NULL
);

CREATE TABLE public.sales_plan_entry (
    id uuid NOT NULL,
    record_id uuid NOT NULL,
    state character varying(10) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    step integer NOT NULL,
    due_on date,
    tasks jsonb NOT NULL,
    plan_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.sales_pool (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    key character varying(40) NOT NULL,
    name jsonb NOT NULL,
    "position" integer NOT NULL,
    filter jsonb,
    exempt jsonb,
    spare_open_deals boolean NOT NULL,
    members jsonb NOT NULL,
    limits jsonb NOT NULL,
    hidden_fields jsonb NOT NULL,
    claimable boolean NOT NULL,
    rules jsonb NOT NULL,
    is_sample boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.sales_pool_run (
    id uuid NOT NULL,
    day date NOT NULL,
    state character varying(10) NOT NULL,
    recycled integer NOT NULL,
    warned integer NOT NULL,
    detail jsonb NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.sales_pool_tally (
    id uuid NOT NULL,
    pool_key character varying(40) NOT NULL,
    day date NOT NULL,
    holder uuid NOT NULL,
    claimed integer NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.sales_remark (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    record_id uuid NOT NULL,
    author_id uuid NOT NULL,
    body text NOT NULL,
    mentions jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.sales_reminder (
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.sales_return (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text,
    number text,
    status text,
    carrier text,
    tracking_number text,
    received_on date,
    closing_note text,
    description text,
    kind text,
    reason text,
    requested_on date,
    owner_id uuid,
    sales_order_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.saved_view (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    name jsonb NOT NULL,
    kind character varying(12) NOT NULL,
    scope character varying(12) NOT NULL,
    pinned boolean NOT NULL,
    is_default boolean NOT NULL,
    "position" integer NOT NULL,
    definition jsonb NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    owner_id uuid,
    team_id uuid,
    workspace_id uuid NOT NULL,
    by_link boolean NOT NULL,
    default_roles jsonb NOT NULL,
    locked boolean NOT NULL
);

CREATE TABLE public.schema_change (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    version integer NOT NULL,
    field_key character varying(40) NOT NULL,
    action character varying(20) NOT NULL,
    changes jsonb NOT NULL,
    actor_id uuid,
    at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.schema_field (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    key character varying(40) NOT NULL,
    standard boolean NOT NULL,
    type character varying(20) NOT NULL,
    definition jsonb NOT NULL,
    "position" integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    workspace_id uuid NOT NULL,
    deleted_by uuid,
    purged_at timestamp with time zone
);

CREATE TABLE public.schema_identity (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    key character varying(40) NOT NULL,
    standard boolean NOT NULL,
    label jsonb NOT NULL,
    parts jsonb NOT NULL,
    doors jsonb NOT NULL,
    is_active boolean NOT NULL,
    revision integer NOT NULL,
    state character varying(12) NOT NULL,
    former jsonb,
    done_count integer NOT NULL,
    total_count integer NOT NULL,
    report jsonb,
    "position" integer NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.schema_object (
    id uuid NOT NULL,
    key character varying(40) NOT NULL,
    standard boolean NOT NULL,
    label jsonb NOT NULL,
    label_plural jsonb NOT NULL,
    icon character varying(40) NOT NULL,
    color character varying(20) NOT NULL,
    "group" character varying(20) NOT NULL,
    "position" integer NOT NULL,
    config jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    workspace_id uuid NOT NULL,
    deleted_by uuid,
    purged_at timestamp with time zone,
    version integer NOT NULL
);

CREATE TABLE public.schema_task (
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    object_key character varying(40) NOT NULL,
    field_key character varying(40) NOT NULL,
    params jsonb NOT NULL,
    status character varying(10) NOT NULL,
    "position" uuid,
    done integer NOT NULL,
    total integer NOT NULL,
    result jsonb NOT NULL,
    created_by uuid,
    locale character varying(8) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.score_card (
    id uuid NOT NULL,
    name jsonb NOT NULL,
    unit character varying(8) NOT NULL,
    items jsonb NOT NULL,
    people jsonb NOT NULL,
    enabled boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.search_entry (
    record_id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    title text NOT NULL,
    subtitle text NOT NULL,
    tokens tsvector NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.serial_counter (
    id bigint NOT NULL,
    object_key character varying(40) NOT NULL,
    field_key character varying(40) NOT NULL,
    period character varying(10) NOT NULL,
    value bigint NOT NULL,
    workspace_id uuid NOT NULL
);

ALTER TABLE public.serial_counter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.serial_counter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.setup_token (
    id uuid NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

CREATE TABLE public.sharing_rule (
    id uuid NOT NULL,
    name jsonb NOT NULL,
    object_key character varying(40) NOT NULL,
    filter jsonb,
    to_kind character varying(8) NOT NULL,
    to_key character varying(40) NOT NULL,
    with_below boolean NOT NULL,
    level character varying(8) NOT NULL,
    enabled boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.sign_in_event (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    outcome character varying(8) NOT NULL,
    ip character varying(45) NOT NULL,
    network character varying(50) NOT NULL,
    device character varying(64) NOT NULL,
    agent character varying(200) NOT NULL,
    user_id uuid NOT NULL
);

CREATE TABLE public.sign_in_policy (
    id uuid NOT NULL,
    password_policy character varying(8) NOT NULL,
    second_factor_roles jsonb NOT NULL,
    session_hours integer NOT NULL,
    idle_minutes integer NOT NULL,
    networks jsonb NOT NULL,
    workspace_id uuid NOT NULL,
    break_glass jsonb DEFAULT '[]'::jsonb NOT NULL,
    sso_only boolean DEFAULT false NOT NULL
);

CREATE TABLE public.socialaccount_socialaccount (
    id integer NOT NULL,
    provider character varying(200) NOT NULL,
    uid character varying(191) NOT NULL,
    last_login timestamp with time zone NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    extra_data jsonb NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.socialaccount_socialaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.socialaccount_socialapp (
    id integer NOT NULL,
    provider character varying(30) NOT NULL,
    name character varying(40) NOT NULL,
    client_id character varying(191) NOT NULL,
    secret character varying(191) NOT NULL,
    key character varying(191) NOT NULL,
    provider_id character varying(200) NOT NULL,
    settings jsonb NOT NULL
);

ALTER TABLE public.socialaccount_socialapp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialapp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.socialaccount_socialtoken (
    id integer NOT NULL,
    token text NOT NULL,
    token_secret text NOT NULL,
    expires_at timestamp with time zone,
    account_id integer NOT NULL,
    app_id integer
);

ALTER TABLE public.socialaccount_socialtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sso_connection (
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    label character varying(60) NOT NULL,
    address character varying(80) NOT NULL,
    is_on boolean NOT NULL,
    config jsonb NOT NULL,
    secret text NOT NULL,
    domains jsonb NOT NULL,
    join_role character varying(16) NOT NULL,
    trusts_addresses boolean NOT NULL,
    trusts_factor boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    era integer NOT NULL
);

CREATE TABLE public.sso_domain (
    id uuid NOT NULL,
    domain character varying(253) NOT NULL,
    token character varying(64) NOT NULL,
    how character varying(8) NOT NULL,
    proven_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.sso_identity (
    id uuid NOT NULL,
    issuer character varying(255) NOT NULL,
    subject character varying(255) NOT NULL,
    email character varying(254) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    connection_id uuid NOT NULL,
    user_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.stage (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    key character varying(40) NOT NULL,
    name jsonb NOT NULL,
    kind character varying(8) NOT NULL,
    probability numeric(5,2) NOT NULL,
    expected_days integer,
    color character varying(20) NOT NULL,
    "position" integer NOT NULL,
    pipeline_id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    guide jsonb NOT NULL
);

CREATE TABLE public.stage_stay (
    id uuid NOT NULL,
    deal_id uuid NOT NULL,
    stage character varying(40) NOT NULL,
    next_stage character varying(40) NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone NOT NULL,
    left_by uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.stored_file (
    id uuid NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL,
    type character varying(150) NOT NULL,
    sha256 character varying(64) NOT NULL,
    record_id uuid,
    object_key character varying(40) NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    key_version integer DEFAULT 0 NOT NULL
);

CREATE TABLE public.subject_copy (
    id uuid NOT NULL,
    status character varying(8) NOT NULL,
    file_id uuid,
    size bigint NOT NULL,
    counts jsonb NOT NULL,
    error jsonb,
    locale character varying(8) NOT NULL,
    token_hash character varying(64),
    expires_at timestamp with time zone,
    fetched_at timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    request_id uuid NOT NULL
);

CREATE TABLE public.subject_event (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    kind character varying(20) NOT NULL,
    detail jsonb NOT NULL,
    workspace_id uuid NOT NULL,
    request_id uuid NOT NULL
);

CREATE TABLE public.subject_objection (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    record_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    request_id uuid NOT NULL
);

CREATE TABLE public.subject_request (
    id uuid NOT NULL,
    number integer NOT NULL,
    kind character varying(12) NOT NULL,
    law character varying(8) NOT NULL,
    channel character varying(12) NOT NULL,
    name text NOT NULL,
    reach text NOT NULL,
    details text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    extended text NOT NULL,
    assignee_id uuid,
    status character varying(10) NOT NULL,
    records jsonb NOT NULL,
    marks jsonb NOT NULL,
    how jsonb NOT NULL,
    identity jsonb,
    refusal jsonb,
    answer jsonb,
    error jsonb,
    is_erased boolean NOT NULL,
    overdue_told boolean NOT NULL,
    version integer NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.subject_settings (
    workspace_id uuid NOT NULL,
    pipl_workdays integer NOT NULL,
    version integer NOT NULL
);

CREATE TABLE public.target (
    id uuid NOT NULL,
    kind character varying(4) NOT NULL,
    subject_id uuid NOT NULL,
    start date NOT NULL,
    amount numeric(18,2) NOT NULL,
    workspace_id uuid NOT NULL,
    plan_id uuid CONSTRAINT target_plan_id_not_null1 NOT NULL
);

CREATE TABLE public.target_alert (
    id uuid NOT NULL,
    kind character varying(4) NOT NULL,
    subject_id uuid NOT NULL,
    start date NOT NULL,
    percent integer NOT NULL,
    at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    plan_id uuid NOT NULL
);

CREATE TABLE public.target_plan (
    id uuid NOT NULL,
    name jsonb NOT NULL,
    measure character varying(40) NOT NULL,
    unit character varying(8) NOT NULL,
    filter jsonb,
    alerts jsonb NOT NULL,
    open_board boolean NOT NULL,
    enabled boolean NOT NULL,
    "position" integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    is_sample boolean NOT NULL
);

CREATE TABLE public.target_shy (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.task (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    subject text NOT NULL,
    body text,
    status text,
    priority text,
    due_at timestamp with time zone,
    done_at timestamp with time zone,
    contact_id uuid,
    customer_id uuid,
    lead_id uuid,
    opportunity_id uuid,
    owner_id uuid,
    workspace_id uuid NOT NULL,
    asked_by uuid,
    reason text,
    remind_at timestamp with time zone,
    repeat text,
    repeat_rule text
);

CREATE TABLE public.team (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    manager_id uuid,
    parent_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL
);

ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.validation_rule (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    name jsonb NOT NULL,
    condition jsonb,
    enabled boolean NOT NULL,
    "position" integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    message jsonb NOT NULL,
    field character varying(40) NOT NULL,
    severity character varying(8) NOT NULL,
    workspace_id uuid NOT NULL,
    formula text NOT NULL
);

CREATE TABLE public.watch_rule (
    id uuid NOT NULL,
    object_key character varying(40) NOT NULL,
    name jsonb NOT NULL,
    condition jsonb,
    enabled boolean NOT NULL,
    "position" integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    fields jsonb NOT NULL,
    on_create boolean NOT NULL,
    action character varying(20) NOT NULL,
    "to" character varying(10) NOT NULL,
    message jsonb NOT NULL,
    due_days integer NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.web_form (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    public_key character varying(80) NOT NULL,
    enabled boolean NOT NULL,
    title jsonb NOT NULL,
    intro jsonb NOT NULL,
    thanks jsonb NOT NULL,
    fields jsonb NOT NULL,
    consents jsonb NOT NULL,
    source character varying(60) NOT NULL,
    campaign character varying(200) NOT NULL,
    hosts jsonb NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    closes_at timestamp with time zone,
    kind character varying(10) NOT NULL,
    prizes jsonb NOT NULL,
    questions jsonb NOT NULL,
    seed character varying(64) NOT NULL
);

CREATE TABLE public.web_form_answer (
    id uuid NOT NULL,
    lead_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL,
    form_id uuid NOT NULL,
    answers jsonb NOT NULL,
    number character varying(36)
);

CREATE TABLE public.web_form_draw (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by uuid,
    seed character varying(64) NOT NULL,
    digest character varying(64) NOT NULL,
    numbers jsonb NOT NULL,
    wins jsonb NOT NULL,
    prizes jsonb NOT NULL,
    form_id uuid NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.web_form_spent (
    id uuid NOT NULL,
    mark character varying(64) NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.work_report (
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    title_sort text NOT NULL COLLATE pg_catalog."C",
    custom jsonb NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    name text NOT NULL,
    kind text,
    status text,
    starts_on date,
    ends_on date,
    manager uuid,
    submitted_at timestamp with time zone,
    done text,
    problems text,
    plan text,
    calls numeric(15,0),
    visits numeric(15,0),
    notes numeric(15,0),
    tasks_done numeric(15,0),
    new_customers numeric(15,0),
    won_deals numeric(15,0),
    owner_id uuid,
    workspace_id uuid NOT NULL
);

CREATE TABLE public.workspace (
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    slug character varying(80) NOT NULL,
    time_zone character varying(64) NOT NULL,
    currency character varying(3) NOT NULL,
    locale character varying(8) NOT NULL,
    member_scope character varying(8) NOT NULL,
    schema_version integer NOT NULL,
    is_sample boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    access_version integer DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY public.audit_entry ATTACH PARTITION public.audit_entry_rest DEFAULT;

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);

ALTER TABLE ONLY public.access_delegation
    ADD CONSTRAINT access_delegation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_role
    ADD CONSTRAINT access_role_key UNIQUE (workspace_id, key);

ALTER TABLE ONLY public.access_role
    ADD CONSTRAINT access_role_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_setting
    ADD CONSTRAINT access_setting_one UNIQUE (workspace_id);

ALTER TABLE ONLY public.access_setting
    ADD CONSTRAINT access_setting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.allauth_idp_oidc_client
    ADD CONSTRAINT allauth_idp_oidc_client_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.allauth_idp_oidc_token
    ADD CONSTRAINT allauth_idp_oidc_token_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.allauth_idp_oidc_token
    ADD CONSTRAINT allauth_idp_oidc_token_type_hash_cca00f1c_uniq UNIQUE (type, hash);

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.app_user
    ADD CONSTRAINT app_user_email_key UNIQUE (email);

ALTER TABLE ONLY public.app_user
    ADD CONSTRAINT app_user_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assignment_desk
    ADD CONSTRAINT assignment_desk_one UNIQUE (workspace_id);

ALTER TABLE ONLY public.assignment_desk
    ADD CONSTRAINT assignment_desk_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assignment_person
    ADD CONSTRAINT assignment_person_one UNIQUE (workspace_id, user_id);

ALTER TABLE ONLY public.assignment_person
    ADD CONSTRAINT assignment_person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assignment_queue
    ADD CONSTRAINT assignment_queue_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assignment_queued
    ADD CONSTRAINT assignment_queued_one UNIQUE (workspace_id, lead_id);

ALTER TABLE ONLY public.assignment_queued
    ADD CONSTRAINT assignment_queued_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assignment_rule
    ADD CONSTRAINT assignment_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_block
    ADD CONSTRAINT audit_block_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_block
    ADD CONSTRAINT audit_block_seq UNIQUE (workspace_id, stream, seq);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.audit_entry_rest
    ADD CONSTRAINT audit_entry_rest_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.audit_epoch
    ADD CONSTRAINT audit_epoch_pkey PRIMARY KEY (epoch);

ALTER TABLE ONLY public.audit_reading
    ADD CONSTRAINT audit_reading_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_reading
    ADD CONSTRAINT audit_reading_unique UNIQUE NULLS NOT DISTINCT (workspace_id, actor_id, token_id, object_key, hour);

ALTER TABLE ONLY public.audit_settings
    ADD CONSTRAINT audit_settings_pkey PRIMARY KEY (workspace_id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.backup_run
    ADD CONSTRAINT backup_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.bulk_job
    ADD CONSTRAINT bulk_job_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.bulk_refusal
    ADD CONSTRAINT bulk_refusal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.change_set
    ADD CONSTRAINT change_set_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clause
    ADD CONSTRAINT clause_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.commission_line
    ADD CONSTRAINT commission_line_one UNIQUE (workspace_id, statement_id, user_id);

ALTER TABLE ONLY public.commission_line
    ADD CONSTRAINT commission_line_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.commission_rule
    ADD CONSTRAINT commission_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.commission_statement
    ADD CONSTRAINT commission_statement_once UNIQUE (workspace_id, rule_id, start);

ALTER TABLE ONLY public.commission_statement
    ADD CONSTRAINT commission_statement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_entry
    ADD CONSTRAINT consent_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_link
    ADD CONSTRAINT consent_link_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.consent_link
    ADD CONSTRAINT consent_link_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contest
    ADD CONSTRAINT contest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.currency_rate
    ADD CONSTRAINT currency_rate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.custom_record
    ADD CONSTRAINT custom_record_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customer_insight_change
    ADD CONSTRAINT customer_insight_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customer_insight_month
    ADD CONSTRAINT customer_insight_month_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customer_insight
    ADD CONSTRAINT customer_insight_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.dashboard
    ADD CONSTRAINT dashboard_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.data_key
    ADD CONSTRAINT data_key_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.data_key
    ADD CONSTRAINT data_key_version UNIQUE (workspace_id, kind, version);

ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT delivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.discount_band
    ADD CONSTRAINT discount_band_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);

ALTER TABLE ONLY public.duplicate_cluster
    ADD CONSTRAINT duplicate_cluster_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.duplicate_decision
    ADD CONSTRAINT duplicate_decision_pair UNIQUE (workspace_id, object_key, a_id, b_id);

ALTER TABLE ONLY public.duplicate_decision
    ADD CONSTRAINT duplicate_decision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.duplicate_run
    ADD CONSTRAINT duplicate_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.erasure_certificate
    ADD CONSTRAINT erasure_certificate_number UNIQUE (workspace_id, number);

ALTER TABLE ONLY public.erasure_certificate
    ADD CONSTRAINT erasure_certificate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.erasure_certificate
    ADD CONSTRAINT erasure_certificate_request UNIQUE (workspace_id, request_id);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.expense
    ADD CONSTRAINT expense_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.export_job
    ADD CONSTRAINT export_job_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.field_confirmation
    ADD CONSTRAINT field_confirmation_field UNIQUE (workspace_id, record_id, field);

ALTER TABLE ONLY public.field_confirmation
    ADD CONSTRAINT field_confirmation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.field_mark
    ADD CONSTRAINT field_mark_field UNIQUE (workspace_id, record_id, field);

ALTER TABLE ONLY public.field_mark
    ADD CONSTRAINT field_mark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.field_rule
    ADD CONSTRAINT field_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.former_value
    ADD CONSTRAINT former_value_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.former_value
    ADD CONSTRAINT former_value_record UNIQUE (workspace_id, task_id, record_id);

ALTER TABLE ONLY public.hand_over
    ADD CONSTRAINT hand_over_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_unique UNIQUE (workspace_id, actor_id, key);

ALTER TABLE ONLY public.import_job
    ADD CONSTRAINT import_job_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_unique UNIQUE (workspace_id, job_id, "row");

ALTER TABLE ONLY public.customer_insight_month
    ADD CONSTRAINT insight_month_customer UNIQUE (workspace_id, customer_id, month);

ALTER TABLE ONLY public.insight_run
    ADD CONSTRAINT insight_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.insight_settings
    ADD CONSTRAINT insight_settings_one UNIQUE (workspace_id);

ALTER TABLE ONLY public.insight_settings
    ADD CONSTRAINT insight_settings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.installed_template
    ADD CONSTRAINT installed_template_key UNIQUE (workspace_id, key);

ALTER TABLE ONLY public.installed_template
    ADD CONSTRAINT installed_template_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_mail_token_hash_key UNIQUE (mail_token_hash);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.keep_rule
    ADD CONSTRAINT keep_rule_one UNIQUE (workspace_id, object_key);

ALTER TABLE ONLY public.keep_rule
    ADD CONSTRAINT keep_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.kept_record
    ADD CONSTRAINT kept_record_one UNIQUE (workspace_id, record_id);

ALTER TABLE ONLY public.kept_record
    ADD CONSTRAINT kept_record_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.layout
    ADD CONSTRAINT layout_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.legal_hold
    ADD CONSTRAINT legal_hold_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mail_bounce
    ADD CONSTRAINT mail_bounce_mail UNIQUE (workspace_id, mail);

ALTER TABLE ONLY public.mail_bounce
    ADD CONSTRAINT mail_bounce_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mailbox_state
    ADD CONSTRAINT mailbox_state_pkey PRIMARY KEY (mailbox);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_unique UNIQUE (workspace_id, user_id);

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.note
    ADD CONSTRAINT note_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notification
    ADD CONSTRAINT notification_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.offer_link
    ADD CONSTRAINT offer_link_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.offer_link
    ADD CONSTRAINT offer_link_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.opportunity
    ADD CONSTRAINT opportunity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.order_status_link
    ADD CONSTRAINT order_status_link_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.order_status_link
    ADD CONSTRAINT order_status_link_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.password_age
    ADD CONSTRAINT password_age_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payment_plan
    ADD CONSTRAINT payment_plan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pipeline
    ADD CONSTRAINT pipeline_key UNIQUE (workspace_id, object_key, key);

ALTER TABLE ONLY public.pipeline
    ADD CONSTRAINT pipeline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.price_book_entry
    ADD CONSTRAINT price_book_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.price_book
    ADD CONSTRAINT price_book_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.print_template
    ADD CONSTRAINT print_template_object UNIQUE (workspace_id, object_key);

ALTER TABLE ONLY public.print_template
    ADD CONSTRAINT print_template_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_assessment
    ADD CONSTRAINT privacy_assessment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_breach_event
    ADD CONSTRAINT privacy_breach_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_breach
    ADD CONSTRAINT privacy_breach_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_notice
    ADD CONSTRAINT privacy_notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_notice
    ADD CONSTRAINT privacy_notice_public_key_key UNIQUE (public_key);

ALTER TABLE ONLY public.privacy_notice_version
    ADD CONSTRAINT privacy_notice_version_number UNIQUE (notice_id, number);

ALTER TABLE ONLY public.privacy_notice_version
    ADD CONSTRAINT privacy_notice_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_purpose
    ADD CONSTRAINT privacy_purpose_key UNIQUE (workspace_id, key);

ALTER TABLE ONLY public.privacy_purpose
    ADD CONSTRAINT privacy_purpose_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.privacy_sharing
    ADD CONSTRAINT privacy_sharing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quality_repair
    ADD CONSTRAINT quality_repair_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quality_settings
    ADD CONSTRAINT quality_settings_object UNIQUE (workspace_id, object_key);

ALTER TABLE ONLY public.quality_settings
    ADD CONSTRAINT quality_settings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quality_snapshot
    ADD CONSTRAINT quality_snapshot_day UNIQUE (workspace_id, object_key, day);

ALTER TABLE ONLY public.quality_snapshot
    ADD CONSTRAINT quality_snapshot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT quote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.record_alias_key
    ADD CONSTRAINT record_alias_key_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.record_alias
    ADD CONSTRAINT record_alias_old UNIQUE (workspace_id, old_id);

ALTER TABLE ONLY public.record_alias
    ADD CONSTRAINT record_alias_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.record_collaborator
    ADD CONSTRAINT record_collaborator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.record_key
    ADD CONSTRAINT record_key_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.record_link
    ADD CONSTRAINT record_link_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.record_link
    ADD CONSTRAINT record_link_unique UNIQUE (workspace_id, object_key, field_key, source_id, target_id);

ALTER TABLE ONLY public.record_request
    ADD CONSTRAINT record_request_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referral_code
    ADD CONSTRAINT referral_code_once UNIQUE (workspace_id, code);

ALTER TABLE ONLY public.referral_code
    ADD CONSTRAINT referral_code_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referral_code
    ADD CONSTRAINT referral_code_record UNIQUE (workspace_id, record_id);

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.referral_terms
    ADD CONSTRAINT referral_terms_once UNIQUE (workspace_id);

ALTER TABLE ONLY public.referral_terms
    ADD CONSTRAINT referral_terms_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.retention_rule
    ADD CONSTRAINT retention_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.retention_run
    ADD CONSTRAINT retention_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sales_calendar_feed
    ADD CONSTRAINT sales_calendar_feed_person UNIQUE (workspace_id, user_id);

ALTER TABLE ONLY public.sales_calendar_feed
    ADD CONSTRAINT sales_calendar_feed_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sales_calendar_feed
    ADD CONSTRAINT sales_calendar_feed_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.sales_event_guest
    ADD CONSTRAINT sales_event_guest_once UNIQUE (event_id, object_key, record_id);

ALTER TABLE ONLY public.sales_event_guest
    ADD CONSTRAINT sales_event_guest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sales_event_guest
    ADD CONSTRAINT sales_event_guest_uid_key UNIQUE (uid);

ALTER TABLE ONLY public.sales_order
    ADD CONSTRAINT sales_order_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sales_plan_entry
    ADD CONSTRAINT sales_plan_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sales_plan_entry
    ADD CONSTRAINT sales_plan_entry_record UNIQUE (plan_id, record_id);

ALTER TABLE ONLY public.sales_plan
    ADD CONSTRAINT sales_plan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sales_pool
    ADD CONSTRAINT sales_pool_key UNIQUE (workspace_id, key);

ALTER TABLE ONLY public.sales_pool
    ADD CONSTRAINT sales_pool_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sales_pool_run
    ADD CONSTRAINT sales_pool_run_day UNIQUE (workspace_id, day);

ALTER TABLE ONLY public.sales_pool_run
    ADD CONSTRAINT sales_pool_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sales_pool_tally
    ADD CONSTRAINT sales_pool_tally_day UNIQUE (workspace_id, pool_key, day, holder);

ALTER TABLE ONLY public.sales_pool_tally
    ADD CONSTRAINT sales_pool_tally_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sales_remark
    ADD CONSTRAINT sales_remark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sales_reminder
    ADD CONSTRAINT sales_reminder_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sales_reminder
    ADD CONSTRAINT sales_reminder_task UNIQUE (task_id);

ALTER TABLE ONLY public.sales_return
    ADD CONSTRAINT sales_return_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schema_change
    ADD CONSTRAINT schema_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schema_change
    ADD CONSTRAINT schema_change_version UNIQUE (workspace_id, object_key, version);

ALTER TABLE ONLY public.schema_field
    ADD CONSTRAINT schema_field_key UNIQUE (workspace_id, object_key, key);

ALTER TABLE ONLY public.schema_field
    ADD CONSTRAINT schema_field_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schema_identity
    ADD CONSTRAINT schema_identity_key UNIQUE (workspace_id, object_key, key);

ALTER TABLE ONLY public.schema_identity
    ADD CONSTRAINT schema_identity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schema_object
    ADD CONSTRAINT schema_object_key UNIQUE (workspace_id, key);

ALTER TABLE ONLY public.schema_object
    ADD CONSTRAINT schema_object_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schema_task
    ADD CONSTRAINT schema_task_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.score_card
    ADD CONSTRAINT score_card_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.search_entry
    ADD CONSTRAINT search_entry_pkey PRIMARY KEY (record_id);

ALTER TABLE ONLY public.serial_counter
    ADD CONSTRAINT serial_counter_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.serial_counter
    ADD CONSTRAINT serial_counter_unique UNIQUE (workspace_id, object_key, field_key, period);

ALTER TABLE ONLY public.setup_token
    ADD CONSTRAINT setup_token_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.setup_token
    ADD CONSTRAINT setup_token_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.sharing_rule
    ADD CONSTRAINT sharing_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_event
    ADD CONSTRAINT sign_in_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_policy
    ADD CONSTRAINT sign_in_policy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_policy
    ADD CONSTRAINT sign_in_policy_unique UNIQUE (workspace_id);

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_provider_uid_fc810c6e_uniq UNIQUE (provider, uid);

ALTER TABLE ONLY public.socialaccount_socialapp
    ADD CONSTRAINT socialaccount_socialapp_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq UNIQUE (app_id, account_id);

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sso_connection
    ADD CONSTRAINT sso_connection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sso_domain
    ADD CONSTRAINT sso_domain_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sso_domain
    ADD CONSTRAINT sso_domain_unique UNIQUE (workspace_id, domain);

ALTER TABLE ONLY public.sso_identity
    ADD CONSTRAINT sso_identity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sso_identity
    ADD CONSTRAINT sso_identity_unique UNIQUE (connection_id, issuer, subject);

ALTER TABLE ONLY public.stage
    ADD CONSTRAINT stage_key UNIQUE (workspace_id, object_key, key);

ALTER TABLE ONLY public.stage
    ADD CONSTRAINT stage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.stage_stay
    ADD CONSTRAINT stage_stay_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.stored_file
    ADD CONSTRAINT stored_file_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.subject_copy
    ADD CONSTRAINT subject_copy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.subject_copy
    ADD CONSTRAINT subject_copy_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.subject_event
    ADD CONSTRAINT subject_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.subject_objection
    ADD CONSTRAINT subject_objection_one UNIQUE (workspace_id, record_id);

ALTER TABLE ONLY public.subject_objection
    ADD CONSTRAINT subject_objection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.subject_request
    ADD CONSTRAINT subject_request_number UNIQUE (workspace_id, number);

ALTER TABLE ONLY public.subject_request
    ADD CONSTRAINT subject_request_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.subject_settings
    ADD CONSTRAINT subject_settings_pkey PRIMARY KEY (workspace_id);

ALTER TABLE ONLY public.target_alert
    ADD CONSTRAINT target_alert_once UNIQUE (workspace_id, plan_id, start, kind, subject_id, percent);

ALTER TABLE ONLY public.target_alert
    ADD CONSTRAINT target_alert_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_cell UNIQUE (workspace_id, plan_id, start, kind, subject_id);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.target_plan
    ADD CONSTRAINT target_plan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.target_shy
    ADD CONSTRAINT target_shy_one UNIQUE (workspace_id, user_id);

ALTER TABLE ONLY public.target_shy
    ADD CONSTRAINT target_shy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_name_unique UNIQUE NULLS NOT DISTINCT (workspace_id, parent_id, name);

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);

ALTER TABLE ONLY public.validation_rule
    ADD CONSTRAINT validation_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.watch_rule
    ADD CONSTRAINT watch_rule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.web_form_answer
    ADD CONSTRAINT web_form_answer_number UNIQUE (form_id, number);

ALTER TABLE ONLY public.web_form_answer
    ADD CONSTRAINT web_form_answer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.web_form_draw
    ADD CONSTRAINT web_form_draw_form_id_key UNIQUE (form_id);

ALTER TABLE ONLY public.web_form_draw
    ADD CONSTRAINT web_form_draw_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.web_form
    ADD CONSTRAINT web_form_key UNIQUE (workspace_id, public_key);

ALTER TABLE ONLY public.web_form
    ADD CONSTRAINT web_form_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.web_form_spent
    ADD CONSTRAINT web_form_spent_once UNIQUE (workspace_id, mark);

ALTER TABLE ONLY public.web_form_spent
    ADD CONSTRAINT web_form_spent_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.work_report
    ADD CONSTRAINT work_report_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspace
    ADD CONSTRAINT workspace_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspace
    ADD CONSTRAINT workspace_slug_key UNIQUE (slug);

CREATE INDEX access_delegation_until ON public.access_delegation USING btree (workspace_id, until);

CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);

CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);

CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);

CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);

CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);

CREATE INDEX allauth_idp_oidc_client_id_973c9a60_like ON public.allauth_idp_oidc_client USING btree (id varchar_pattern_ops);

CREATE INDEX allauth_idp_oidc_client_owner_id_1f1eb0f1 ON public.allauth_idp_oidc_client USING btree (owner_id);

CREATE INDEX allauth_idp_oidc_token_client_id_cad2cd57 ON public.allauth_idp_oidc_token USING btree (client_id);

CREATE INDEX allauth_idp_oidc_token_client_id_cad2cd57_like ON public.allauth_idp_oidc_token USING btree (client_id varchar_pattern_ops);

CREATE INDEX allauth_idp_oidc_token_expires_at_f6e6261a ON public.allauth_idp_oidc_token USING btree (expires_at);

CREATE INDEX allauth_idp_oidc_token_user_id_3e9a005f ON public.allauth_idp_oidc_token USING btree (user_id);

CREATE INDEX allocation_invoice ON public.custom_record USING btree ((
CASE
    WHEN ((custom ->> 'invoice'::text) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN ((custom ->> 'invoice'::text))::uuid
    ELSE NULL::uuid
END)) WHERE ((deleted_at IS NULL) AND ((object_key)::text = 'payment_allocations'::text));

CREATE INDEX allocation_plan ON public.custom_record USING btree ((
CASE
    WHEN ((custom ->> 'plan'::text) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN ((custom ->> 'plan'::text))::uuid
    ELSE NULL::uuid
END)) WHERE ((deleted_at IS NULL) AND ((object_key)::text = 'payment_allocations'::text));

CREATE INDEX api_token_token_hash_095d23d2_like ON public.api_token USING btree (token_hash varchar_pattern_ops);

CREATE INDEX api_token_user_id_b646d2e7 ON public.api_token USING btree (user_id);

CREATE INDEX app_user_email_efde8896_like ON public.app_user USING btree (email varchar_pattern_ops);

CREATE INDEX assignment_day ON public.assignment USING btree (workspace_id, at, person_id);

CREATE INDEX assignment_lead ON public.assignment USING btree (workspace_id, lead_id, id);

CREATE INDEX assignment_queue_all ON public.assignment_queue USING btree (workspace_id, id);

CREATE INDEX assignment_queued_order ON public.assignment_queued USING btree (queue_id, entered_at, id);

CREATE INDEX assignment_rule_order ON public.assignment_rule USING btree (workspace_id, "position", id);

CREATE INDEX assignment_waiting ON public.assignment USING btree (workspace_id, accept_by) WHERE ((accept_by IS NOT NULL) AND (accepted_at IS NULL) AND (ended_at IS NULL));

CREATE INDEX audit_entry_actor ON ONLY public.audit_entry USING btree (workspace_id, actor_id, at, id);

CREATE INDEX audit_entry_at ON ONLY public.audit_entry USING btree (workspace_id, at, id);

CREATE INDEX audit_entry_kind ON ONLY public.audit_entry USING btree (workspace_id, kind, at, id);

CREATE INDEX audit_entry_record ON ONLY public.audit_entry USING btree (workspace_id, record_id, at) WHERE (record_id IS NOT NULL);

CREATE INDEX audit_entry_rest_workspace_id_actor_id_at_id_idx ON public.audit_entry_rest USING btree (workspace_id, actor_id, at, id);

CREATE INDEX audit_entry_rest_workspace_id_at_id_idx ON public.audit_entry_rest USING btree (workspace_id, at, id);

CREATE INDEX audit_entry_rest_workspace_id_kind_at_id_idx ON public.audit_entry_rest USING btree (workspace_id, kind, at, id);

CREATE INDEX audit_entry_rest_workspace_id_record_id_at_idx ON public.audit_entry_rest USING btree (workspace_id, record_id, at) WHERE (record_id IS NOT NULL);

CREATE INDEX audit_entry_tx ON ONLY public.audit_entry USING btree (workspace_id, tx, id);

CREATE INDEX audit_entry_rest_workspace_id_tx_id_idx ON public.audit_entry_rest USING btree (workspace_id, tx, id);

CREATE INDEX audit_reading_hour ON public.audit_reading USING btree (workspace_id, hour);

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX backup_run_began ON public.backup_run USING btree (began_at DESC);

CREATE INDEX bulk_job_age ON public.bulk_job USING btree (workspace_id, created_at);

CREATE INDEX bulk_refusal_job ON public.bulk_refusal USING btree (workspace_id, job_id, id);

CREATE INDEX call_at ON public.call USING btree (workspace_id, at, id) WHERE (deleted_at IS NULL);

CREATE INDEX call_bin ON public.call USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX call_contact ON public.call USING btree (contact_id, created_at, id) WHERE (contact_id IS NOT NULL);

CREATE INDEX call_created ON public.call USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX call_customer ON public.call USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX call_lead ON public.call USING btree (lead_id, created_at, id) WHERE (lead_id IS NOT NULL);

CREATE INDEX call_opportunity ON public.call USING btree (opportunity_id, created_at, id) WHERE (opportunity_id IS NOT NULL);

CREATE INDEX call_owner ON public.call USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX call_title ON public.call USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX call_updated ON public.call USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX change_set_age ON public.change_set USING btree (workspace_id, at);

CREATE INDEX change_set_parts ON public.change_set USING btree (workspace_id, parent_id, id) WHERE (parent_id IS NOT NULL);

CREATE INDEX change_set_person ON public.change_set USING btree (workspace_id, actor_id, at, id);

CREATE INDEX clause_bin ON public.clause USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX clause_created ON public.clause USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX clause_owner ON public.clause USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX clause_title ON public.clause USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX clause_updated ON public.clause USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX collaborator_record ON public.record_collaborator USING btree (workspace_id, record_id);

CREATE INDEX collaborator_team ON public.record_collaborator USING btree (workspace_id, team_id, object_key, record_id);

CREATE INDEX collaborator_user ON public.record_collaborator USING btree (workspace_id, user_id, object_key, record_id);

CREATE INDEX commission_rule_all ON public.commission_rule USING btree (workspace_id, id);

CREATE INDEX consent_entry_last ON public.consent_entry USING btree (workspace_id, record_id, purpose_id, channel, scope, at, id);

CREATE INDEX consent_entry_purpose ON public.consent_entry USING btree (workspace_id, purpose_id, state);

CREATE INDEX consent_link_record ON public.consent_link USING btree (workspace_id, record_id, id);

CREATE INDEX consent_link_token_hash_02c97704_like ON public.consent_link USING btree (token_hash varchar_pattern_ops);

CREATE INDEX contact_bin ON public.contact USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX contact_created ON public.contact USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX contact_customer ON public.contact USING btree (customer_id, title_sort, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX contact_next_contact ON public.contact USING btree (workspace_id, next_contact_at, id) WHERE ((deleted_at IS NULL) AND (next_contact_at IS NOT NULL));

CREATE INDEX contact_owner ON public.contact USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX contact_title ON public.contact USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX contact_updated ON public.contact USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX contest_newest ON public.contest USING btree (workspace_id, last, id);

CREATE INDEX contract_amends ON public.contract USING btree (amends_id) WHERE (amends_id IS NOT NULL);

CREATE INDEX contract_bin ON public.contract USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX contract_contact ON public.contract USING btree (contact_id, created_at, id) WHERE (contact_id IS NOT NULL);

CREATE INDEX contract_created ON public.contract USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX contract_customer ON public.contract USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX contract_ends ON public.contract USING btree (workspace_id, ends_on, id) WHERE ((deleted_at IS NULL) AND (ends_on IS NOT NULL));

CREATE INDEX contract_number ON public.contract USING btree (workspace_id, number) WHERE (deleted_at IS NULL);

CREATE INDEX contract_opportunity ON public.contract USING btree (opportunity_id, created_at, id) WHERE (opportunity_id IS NOT NULL);

CREATE INDEX contract_owner ON public.contract USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX contract_quote ON public.contract USING btree (quote_id) WHERE (quote_id IS NOT NULL);

CREATE INDEX contract_renewal ON public.contract USING btree (renewal_id) WHERE (renewal_id IS NOT NULL);

CREATE INDEX contract_status ON public.contract USING btree (workspace_id, status, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX contract_title ON public.contract USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX contract_updated ON public.contract USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX currency_rate_day ON public.currency_rate USING btree (workspace_id, currency, day) WHERE (deleted_at IS NULL);

CREATE INDEX currencyrate_bin ON public.currency_rate USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX currencyrate_created ON public.currency_rate USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX currencyrate_owner ON public.currency_rate USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX currencyrate_title ON public.currency_rate USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX currencyrate_updated ON public.currency_rate USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX custom_bin ON public.custom_record USING btree (workspace_id, object_key, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX custom_created ON public.custom_record USING btree (workspace_id, object_key, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX custom_line_parent ON public.custom_record USING btree ((
CASE
    WHEN ((custom ->> 'parent'::text) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN ((custom ->> 'parent'::text))::uuid
    ELSE NULL::uuid
END)) WHERE (deleted_at IS NULL);

CREATE INDEX custom_owner ON public.custom_record USING btree (workspace_id, object_key, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX custom_title ON public.custom_record USING btree (workspace_id, object_key, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX custom_updated ON public.custom_record USING btree (workspace_id, object_key, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX customer_bin ON public.customer USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX customer_created ON public.customer USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX customer_industry ON public.customer USING btree (workspace_id, industry, title_sort, id) WHERE ((deleted_at IS NULL) AND (industry IS NOT NULL));

CREATE INDEX customer_insight_offer ON public.customer_insight USING btree (workspace_id, offer, id) WHERE (offer IS NOT NULL);

CREATE INDEX customer_insight_stage ON public.customer_insight USING btree (workspace_id, stage, id);

CREATE INDEX customer_insight_tier ON public.customer_insight USING btree (workspace_id, tier, id) WHERE (tier IS NOT NULL);

CREATE INDEX customer_last_contact ON public.customer USING btree (workspace_id, last_contact_at, id) WHERE ((deleted_at IS NULL) AND (last_contact_at IS NOT NULL));

CREATE INDEX customer_lifecycle ON public.customer USING btree (workspace_id, lifecycle, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX customer_next_contact ON public.customer USING btree (workspace_id, next_contact_at, id) WHERE ((deleted_at IS NULL) AND (next_contact_at IS NOT NULL));

CREATE INDEX customer_owner ON public.customer USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX customer_parent ON public.customer USING btree (parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX customer_pool ON public.customer USING btree (workspace_id, pool, pooled_at, id) WHERE ((deleted_at IS NULL) AND (pool IS NOT NULL));

CREATE INDEX customer_pool_due ON public.customer USING btree (workspace_id, owner_id, pool_due_at) WHERE ((deleted_at IS NULL) AND (pool_due_at IS NOT NULL));

CREATE INDEX customer_primary_contact ON public.customer USING btree (primary_contact_id) WHERE (primary_contact_id IS NOT NULL);

CREATE INDEX customer_tier ON public.customer USING btree (workspace_id, tier, title_sort, id) WHERE ((deleted_at IS NULL) AND (tier IS NOT NULL));

CREATE INDEX customer_title ON public.customer USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX customer_updated ON public.customer USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX dashboard_owner ON public.dashboard USING btree (owner_id);

CREATE INDEX dashboard_team_id_630deaaf ON public.dashboard USING btree (team_id);

CREATE INDEX dashboard_workspace ON public.dashboard USING btree (workspace_id, created_at, id);

CREATE INDEX delivery_bin ON public.delivery USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX delivery_created ON public.delivery USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX delivery_number ON public.delivery USING btree (workspace_id, number) WHERE (deleted_at IS NULL);

CREATE INDEX delivery_order ON public.delivery USING btree (sales_order_id, created_at, id) WHERE (sales_order_id IS NOT NULL);

CREATE INDEX delivery_owner ON public.delivery USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX delivery_status ON public.delivery USING btree (workspace_id, status, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX delivery_title ON public.delivery USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX delivery_tracking ON public.delivery USING btree (workspace_id, tracking_number) WHERE ((deleted_at IS NULL) AND (tracking_number IS NOT NULL));

CREATE INDEX delivery_updated ON public.delivery USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX discountband_bin ON public.discount_band USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX discountband_created ON public.discount_band USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX discountband_owner ON public.discount_band USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX discountband_title ON public.discount_band USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX discountband_updated ON public.discount_band USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);

CREATE INDEX duplicate_cluster_queue ON public.duplicate_cluster USING btree (workspace_id, object_key, state, score DESC, id);

CREATE INDEX duplicate_cluster_run ON public.duplicate_cluster USING btree (run_id);

CREATE INDEX duplicate_run_latest ON public.duplicate_run USING btree (workspace_id, object_key, created_at DESC);

CREATE UNIQUE INDEX duplicate_run_one_at_a_time ON public.duplicate_run USING btree (workspace_id, object_key) WHERE ((state)::text = ANY ((ARRAY['queued'::character varying, 'running'::character varying])::text[]));

CREATE INDEX event_bin ON public.event USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX event_contact ON public.event USING btree (contact_id, created_at, id) WHERE (contact_id IS NOT NULL);

CREATE INDEX event_created ON public.event USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX event_customer ON public.event USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX event_lead ON public.event USING btree (lead_id, created_at, id) WHERE (lead_id IS NOT NULL);

CREATE INDEX event_opportunity ON public.event USING btree (opportunity_id, created_at, id) WHERE (opportunity_id IS NOT NULL);

CREATE INDEX event_owner ON public.event USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX event_start ON public.event USING btree (workspace_id, start_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX event_title ON public.event USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX event_updated ON public.event USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX expense_bin ON public.expense USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX expense_created ON public.expense USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX expense_customer ON public.expense USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX expense_day ON public.expense USING btree (workspace_id, spent_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX expense_number ON public.expense USING btree (workspace_id, number) WHERE (deleted_at IS NULL);

CREATE INDEX expense_opportunity ON public.expense USING btree (opportunity_id, created_at, id) WHERE (opportunity_id IS NOT NULL);

CREATE INDEX expense_owner ON public.expense USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX expense_status ON public.expense USING btree (workspace_id, status, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX expense_title ON public.expense USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX expense_updated ON public.expense USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX export_job_recent ON public.export_job USING btree (workspace_id, id);

CREATE INDEX field_confirmation_counted ON public.field_confirmation USING btree (workspace_id, object_key, field, at);

CREATE INDEX field_mark_counted ON public.field_mark USING btree (workspace_id, object_key, field);

CREATE INDEX field_rule_order ON public.field_rule USING btree (workspace_id, object_key, "position");

CREATE INDEX file_plain ON public.stored_file USING btree (workspace_id) WHERE (key_version = 0);

CREATE INDEX file_record ON public.stored_file USING btree (workspace_id, record_id);

CREATE UNIQUE INDEX hand_over_one ON public.hand_over USING btree (workspace_id, person_id) WHERE ((status)::text = ANY ((ARRAY['queued'::character varying, 'running'::character varying])::text[]));

CREATE INDEX hand_over_person ON public.hand_over USING btree (workspace_id, person_id, id);

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);

CREATE INDEX import_job_recent ON public.import_job USING btree (workspace_id, id);

CREATE INDEX insight_change_customer ON public.customer_insight_change USING btree (workspace_id, customer_id, day);

CREATE INDEX insight_run_newest ON public.insight_run USING btree (workspace_id, started_at DESC);

CREATE INDEX invitation_invited_by_id_023fed2d ON public.invitation USING btree (invited_by_id);

CREATE INDEX invitation_mail_token_hash_2267265f_like ON public.invitation USING btree (mail_token_hash varchar_pattern_ops);

CREATE INDEX invitation_token_hash_a420aa81_like ON public.invitation USING btree (token_hash varchar_pattern_ops);

CREATE INDEX invitation_user_id_c99ffa1e ON public.invitation USING btree (user_id);

CREATE INDEX invoice_bin ON public.invoice USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX invoice_contract ON public.invoice USING btree (contract_id, created_at, id) WHERE (contract_id IS NOT NULL);

CREATE INDEX invoice_created ON public.invoice USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX invoice_customer ON public.invoice USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX invoice_number ON public.invoice USING btree (workspace_id, number) WHERE (deleted_at IS NULL);

CREATE INDEX invoice_owner ON public.invoice USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX invoice_reverses ON public.invoice USING btree (reverses_id, created_at, id) WHERE (reverses_id IS NOT NULL);

CREATE INDEX invoice_sales_order ON public.invoice USING btree (sales_order_id, created_at, id) WHERE (sales_order_id IS NOT NULL);

CREATE INDEX invoice_title ON public.invoice USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX invoice_updated ON public.invoice USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX journal_batch ON public.journal_entry USING btree (workspace_id, batch_id, id) WHERE (batch_id IS NOT NULL);

CREATE INDEX journal_record ON public.journal_entry USING btree (workspace_id, record_id, id);

CREATE INDEX journal_tx ON public.journal_entry USING brin (tx) WITH (autosummarize='on', pages_per_range='32');

CREATE INDEX layout_order ON public.layout USING btree (workspace_id, object_key, kind, "position");

CREATE INDEX lead_bin ON public.lead USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX lead_converted_contact ON public.lead USING btree (converted_contact_id) WHERE (converted_contact_id IS NOT NULL);

CREATE INDEX lead_converted_customer ON public.lead USING btree (converted_customer_id) WHERE (converted_customer_id IS NOT NULL);

CREATE INDEX lead_converted_opportunity ON public.lead USING btree (converted_opportunity_id) WHERE (converted_opportunity_id IS NOT NULL);

CREATE INDEX lead_created ON public.lead USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX lead_next_contact ON public.lead USING btree (workspace_id, next_contact_at, id) WHERE ((deleted_at IS NULL) AND (next_contact_at IS NOT NULL));

CREATE INDEX lead_owner ON public.lead USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX lead_pool ON public.lead USING btree (workspace_id, pool, pooled_at, id) WHERE ((deleted_at IS NULL) AND (pool IS NOT NULL));

CREATE INDEX lead_pool_due ON public.lead USING btree (workspace_id, owner_id, pool_due_at) WHERE ((deleted_at IS NULL) AND (pool_due_at IS NOT NULL));

CREATE INDEX lead_source ON public.lead USING btree (workspace_id, source, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX lead_status ON public.lead USING btree (workspace_id, status, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX lead_title ON public.lead USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX lead_unanswered ON public.lead USING btree (workspace_id, first_response_due_at, id) WHERE ((deleted_at IS NULL) AND (first_response_at IS NULL) AND (first_response_due_at IS NOT NULL));

CREATE INDEX lead_updated ON public.lead USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX legal_hold_one ON public.legal_hold USING btree (workspace_id, record_id) WHERE (released_at IS NULL);

CREATE INDEX mail_bounce_counted ON public.mail_bounce USING btree (workspace_id, address, at);

CREATE INDEX mailbox_state_mailbox_081bf9c8_like ON public.mailbox_state USING btree (mailbox varchar_pattern_ops);

CREATE INDEX membership_manager_id_8def0458 ON public.membership USING btree (manager_id);

CREATE INDEX membership_sort ON public.membership USING btree (workspace_id, sort_key, id);

CREATE INDEX membership_team_id_c21500f1 ON public.membership USING btree (team_id);

CREATE INDEX membership_user_id_3409a104 ON public.membership USING btree (user_id);

CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);

CREATE INDEX note_bin ON public.note USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX note_contact ON public.note USING btree (contact_id, created_at, id) WHERE (contact_id IS NOT NULL);

CREATE INDEX note_created ON public.note USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX note_customer ON public.note USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX note_lead ON public.note USING btree (lead_id, created_at, id) WHERE (lead_id IS NOT NULL);

CREATE INDEX note_opportunity ON public.note USING btree (opportunity_id, created_at, id) WHERE (opportunity_id IS NOT NULL);

CREATE INDEX note_owner ON public.note USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX note_title ON public.note USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX note_updated ON public.note USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX notification_age ON public.notification USING btree (workspace_id, created_at);

CREATE UNIQUE INDEX notification_group ON public.notification USING btree (workspace_id, user_id, group_key) WHERE (group_key IS NOT NULL);

CREATE INDEX notification_newest ON public.notification USING btree (workspace_id, user_id, created_at, id);

CREATE INDEX notification_unread ON public.notification USING btree (workspace_id, user_id) WHERE (read_at IS NULL);

CREATE INDEX offer_link_quote ON public.offer_link USING btree (workspace_id, quote_id, id);

CREATE INDEX offer_link_token_hash_9ca07879_like ON public.offer_link USING btree (token_hash varchar_pattern_ops);

CREATE INDEX opportunity_bin ON public.opportunity USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX opportunity_closed ON public.opportunity USING btree (workspace_id, close_date, id) WHERE ((deleted_at IS NULL) AND (close_date IS NOT NULL));

CREATE INDEX opportunity_contact ON public.opportunity USING btree (contact_id) WHERE (contact_id IS NOT NULL);

CREATE INDEX opportunity_created ON public.opportunity USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX opportunity_customer ON public.opportunity USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX opportunity_expected ON public.opportunity USING btree (workspace_id, status, expected_close_date, id) WHERE (deleted_at IS NULL);

CREATE INDEX opportunity_owner ON public.opportunity USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX opportunity_pipeline ON public.opportunity USING btree (workspace_id, pipeline, stage, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX opportunity_product ON public.opportunity USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE INDEX opportunity_stage ON public.opportunity USING btree (workspace_id, stage, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX opportunity_title ON public.opportunity USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX opportunity_updated ON public.opportunity USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX order_status_link_order ON public.order_status_link USING btree (workspace_id, order_id, id);

CREATE INDEX order_status_link_token_hash_19b39652_like ON public.order_status_link USING btree (token_hash varchar_pattern_ops);

CREATE INDEX payment_bin ON public.payment USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX payment_created ON public.payment USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX payment_customer ON public.payment USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX payment_number ON public.payment USING btree (workspace_id, number) WHERE (deleted_at IS NULL);

CREATE INDEX payment_owner ON public.payment USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX payment_paid_on ON public.payment USING btree (workspace_id, paid_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX payment_plan_open ON public.payment_plan USING btree (workspace_id, due_on, id) WHERE ((deleted_at IS NULL) AND (status = ANY (ARRAY['due'::text, 'partial'::text, 'overdue'::text])));

CREATE INDEX payment_refunds ON public.payment USING btree (refunds_id, created_at, id) WHERE (refunds_id IS NOT NULL);

CREATE INDEX payment_title ON public.payment USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX payment_updated ON public.payment USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX paymentplan_bin ON public.payment_plan USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX paymentplan_contract ON public.payment_plan USING btree (contract_id, created_at, id) WHERE (contract_id IS NOT NULL);

CREATE INDEX paymentplan_created ON public.payment_plan USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX paymentplan_customer ON public.payment_plan USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX paymentplan_owner ON public.payment_plan USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX paymentplan_sales_order ON public.payment_plan USING btree (sales_order_id, created_at, id) WHERE (sales_order_id IS NOT NULL);

CREATE INDEX paymentplan_title ON public.payment_plan USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX paymentplan_updated ON public.payment_plan USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX price_entry_book ON public.price_book_entry USING btree (price_book_id, created_at, id) WHERE (price_book_id IS NOT NULL);

CREATE INDEX price_entry_product ON public.price_book_entry USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE INDEX pricebook_bin ON public.price_book USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX pricebook_created ON public.price_book USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX pricebook_owner ON public.price_book USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX pricebook_title ON public.price_book USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX pricebook_updated ON public.price_book USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX pricebookentry_bin ON public.price_book_entry USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX pricebookentry_created ON public.price_book_entry USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX pricebookentry_owner ON public.price_book_entry USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX pricebookentry_title ON public.price_book_entry USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX pricebookentry_updated ON public.price_book_entry USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX privacy_assessment_purpose_id_ed740d43 ON public.privacy_assessment USING btree (purpose_id);

CREATE INDEX privacy_breach_event_breach_id_b3a3acc1 ON public.privacy_breach_event USING btree (breach_id);

CREATE INDEX privacy_notice_public_key_919443a0_like ON public.privacy_notice USING btree (public_key varchar_pattern_ops);

CREATE INDEX privacy_notice_version_notice_id_320813d8 ON public.privacy_notice_version USING btree (notice_id);

CREATE INDEX privacy_sharing_purpose_id_ebafae27 ON public.privacy_sharing USING btree (purpose_id);

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);

CREATE INDEX product_bin ON public.product USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX product_category ON public.product USING btree (workspace_id, category, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX product_created ON public.product USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX product_owner ON public.product USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX product_title ON public.product USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX product_updated ON public.product USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX quality_repair_recent ON public.quality_repair USING btree (workspace_id, object_key, id);

CREATE INDEX quote_bin ON public.quote USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX quote_contact ON public.quote USING btree (contact_id, created_at, id) WHERE (contact_id IS NOT NULL);

CREATE INDEX quote_created ON public.quote USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX quote_customer ON public.quote USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX quote_number ON public.quote USING btree (workspace_id, number) WHERE (deleted_at IS NULL);

CREATE INDEX quote_opportunity ON public.quote USING btree (opportunity_id, created_at, id) WHERE (opportunity_id IS NOT NULL);

CREATE INDEX quote_owner ON public.quote USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX quote_previous ON public.quote USING btree (previous_id) WHERE (previous_id IS NOT NULL);

CREATE INDEX quote_status ON public.quote USING btree (workspace_id, status, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX quote_title ON public.quote USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX quote_updated ON public.quote USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX record_alias_key_old ON public.record_alias_key USING btree (old_id);

CREATE INDEX record_alias_key_record ON public.record_alias_key USING btree (record_id);

CREATE INDEX record_alias_key_value ON public.record_alias_key USING btree (workspace_id, object_key, rule, value);

CREATE INDEX record_alias_merge ON public.record_alias USING btree (workspace_id, merge_id);

CREATE INDEX record_alias_record ON public.record_alias USING btree (workspace_id, record_id);

CREATE INDEX record_key_record ON public.record_key USING btree (record_id);

CREATE UNIQUE INDEX record_key_strict ON public.record_key USING btree (workspace_id, object_key, rule, value) WHERE strict;

CREATE INDEX record_key_value ON public.record_key USING btree (workspace_id, object_key, rule, value) WHERE (NOT strict);

CREATE INDEX record_link_target ON public.record_link USING btree (workspace_id, target_id, object_key, field_key);

CREATE INDEX record_request_asker ON public.record_request USING btree (workspace_id, requester_id, id);

CREATE INDEX record_request_manager ON public.record_request USING btree (workspace_id, manager_id, id);

CREATE UNIQUE INDEX record_request_open ON public.record_request USING btree (workspace_id, requester_id, record_id) WHERE ((state)::text = 'open'::text);

CREATE INDEX record_request_owner ON public.record_request USING btree (workspace_id, owner_id, id);

CREATE INDEX referral_bin ON public.referral USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX referral_created ON public.referral USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX referral_customer ON public.referral USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX referral_first_payment ON public.referral USING btree (first_payment_id, created_at, id) WHERE (first_payment_id IS NOT NULL);

CREATE INDEX referral_lead ON public.referral USING btree (lead_id, created_at, id) WHERE (lead_id IS NOT NULL);

CREATE INDEX referral_number ON public.referral USING btree (workspace_id, number) WHERE (deleted_at IS NULL);

CREATE INDEX referral_owner ON public.referral USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX referral_referrer ON public.referral USING btree (referrer_id, created_at, id) WHERE (referrer_id IS NOT NULL);

CREATE INDEX referral_referrer_contact ON public.referral USING btree (referrer_contact_id, created_at, id) WHERE (referrer_contact_id IS NOT NULL);

CREATE INDEX referral_status ON public.referral USING btree (workspace_id, status, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX referral_title ON public.referral USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX referral_updated ON public.referral USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX retention_run_recent ON public.retention_run USING btree (workspace_id, id);

CREATE INDEX retention_run_rule_id_1ad10c82 ON public.retention_run USING btree (rule_id);

CREATE UNIQUE INDEX retention_run_running ON public.retention_run USING btree (rule_id) WHERE ((state)::text = 'running'::text);

CREATE INDEX sales_calendar_feed_token_hash_9c204155_like ON public.sales_calendar_feed USING btree (token_hash varchar_pattern_ops);

CREATE INDEX sales_event_guest_uid_10c4e37e_like ON public.sales_event_guest USING btree (uid varchar_pattern_ops);

CREATE INDEX sales_plan_entry_due ON public.sales_plan_entry USING btree (plan_id, due_on) WHERE ((state)::text = 'running'::text);

CREATE INDEX sales_plan_entry_of ON public.sales_plan_entry USING btree (record_id);

CREATE INDEX sales_remark_of ON public.sales_remark USING btree (workspace_id, record_id, created_at, id);

CREATE INDEX sales_reminder_due ON public.sales_reminder USING btree (workspace_id, at) WHERE (sent_at IS NULL);

CREATE INDEX salesorder_bin ON public.sales_order USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX salesorder_contact ON public.sales_order USING btree (contact_id, created_at, id) WHERE (contact_id IS NOT NULL);

CREATE INDEX salesorder_contract ON public.sales_order USING btree (contract_id, created_at, id) WHERE (contract_id IS NOT NULL);

CREATE INDEX salesorder_created ON public.sales_order USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX salesorder_customer ON public.sales_order USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX salesorder_number ON public.sales_order USING btree (workspace_id, number) WHERE (deleted_at IS NULL);

CREATE INDEX salesorder_opportunity ON public.sales_order USING btree (opportunity_id, created_at, id) WHERE (opportunity_id IS NOT NULL);

CREATE INDEX salesorder_ordered ON public.sales_order USING btree (workspace_id, ordered_on, id) WHERE ((deleted_at IS NULL) AND (ordered_on IS NOT NULL));

CREATE INDEX salesorder_owner ON public.sales_order USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX salesorder_quote ON public.sales_order USING btree (quote_id, created_at, id) WHERE (quote_id IS NOT NULL);

CREATE INDEX salesorder_status ON public.sales_order USING btree (workspace_id, status, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX salesorder_title ON public.sales_order USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX salesorder_updated ON public.sales_order USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX salesreturn_bin ON public.sales_return USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX salesreturn_created ON public.sales_return USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX salesreturn_number ON public.sales_return USING btree (workspace_id, number) WHERE (deleted_at IS NULL);

CREATE INDEX salesreturn_order ON public.sales_return USING btree (sales_order_id, created_at, id) WHERE (sales_order_id IS NOT NULL);

CREATE INDEX salesreturn_owner ON public.sales_return USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX salesreturn_status ON public.sales_return USING btree (workspace_id, status, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX salesreturn_title ON public.sales_return USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX salesreturn_updated ON public.sales_return USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX saved_view_object ON public.saved_view USING btree (workspace_id, object_key, "position", id);

CREATE INDEX saved_view_owner ON public.saved_view USING btree (owner_id);

CREATE INDEX saved_view_team_id_9f92c948 ON public.saved_view USING btree (team_id);

CREATE INDEX schema_task_object ON public.schema_task USING btree (workspace_id, object_key, id);

CREATE INDEX score_card_all ON public.score_card USING btree (workspace_id, id);

CREATE INDEX search_tokens ON public.search_entry USING gin (tokens);

CREATE INDEX setup_token_token_hash_1f90c224_like ON public.setup_token USING btree (token_hash varchar_pattern_ops);

CREATE INDEX sharing_rule_all ON public.sharing_rule USING btree (workspace_id, id);

CREATE INDEX sign_in_event_user ON public.sign_in_event USING btree (user_id, at DESC);

CREATE INDEX socialaccount_socialaccount_user_id_8146e70c ON public.socialaccount_socialaccount USING btree (user_id);

CREATE INDEX socialaccount_socialtoken_account_id_951f210e ON public.socialaccount_socialtoken USING btree (account_id);

CREATE INDEX socialaccount_socialtoken_app_id_636a42d7 ON public.socialaccount_socialtoken USING btree (app_id);

CREATE INDEX sso_connection_address ON public.sso_connection USING btree (address);

CREATE INDEX sso_connection_workspace ON public.sso_connection USING btree (workspace_id, created_at);

CREATE INDEX sso_identity_connection_id_80511f13 ON public.sso_identity USING btree (connection_id);

CREATE INDEX sso_identity_user_id_ad51fd12 ON public.sso_identity USING btree (user_id);

CREATE INDEX stage_pipeline_id_15a5c4ef ON public.stage USING btree (pipeline_id);

CREATE INDEX stage_stay_deal ON public.stage_stay USING btree (deal_id, left_at);

CREATE INDEX stage_stay_left ON public.stage_stay USING btree (workspace_id, left_at);

CREATE INDEX subject_copy_of ON public.subject_copy USING btree (request_id, id);

CREATE INDEX subject_copy_token_hash_ba56c6a2_like ON public.subject_copy USING btree (token_hash varchar_pattern_ops);

CREATE INDEX subject_event_of ON public.subject_event USING btree (request_id, id);

CREATE INDEX subject_objection_request_id_d70812ce ON public.subject_objection USING btree (request_id);

CREATE INDEX subject_request_due ON public.subject_request USING btree (workspace_id, status, due_at, id);

CREATE INDEX target_plan_order ON public.target_plan USING btree (workspace_id, "position", id);

CREATE INDEX task_asked_by ON public.task USING btree (workspace_id, asked_by) WHERE (asked_by IS NOT NULL);

CREATE INDEX task_bin ON public.task USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX task_contact ON public.task USING btree (contact_id, created_at, id) WHERE (contact_id IS NOT NULL);

CREATE INDEX task_created ON public.task USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX task_customer ON public.task USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX task_due ON public.task USING btree (workspace_id, status, due_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX task_lead ON public.task USING btree (lead_id, created_at, id) WHERE (lead_id IS NOT NULL);

CREATE INDEX task_mine ON public.task USING btree (workspace_id, owner_id, status, due_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX task_opportunity ON public.task USING btree (opportunity_id, created_at, id) WHERE (opportunity_id IS NOT NULL);

CREATE INDEX task_owner ON public.task USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX task_title ON public.task USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX task_updated ON public.task USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX team_manager_id_d5256480 ON public.team USING btree (manager_id);

CREATE INDEX team_parent_id_09b9fdc1 ON public.team USING btree (parent_id);

CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));

CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";

CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;

CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);

CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);

CREATE INDEX validation_rule_order ON public.validation_rule USING btree (workspace_id, object_key, "position");

CREATE INDEX watch_rule_order ON public.watch_rule USING btree (workspace_id, object_key, "position");

CREATE INDEX web_form_answer_at ON public.web_form_answer USING btree (form_id, at);

CREATE INDEX web_form_answer_lead ON public.web_form_answer USING btree (workspace_id, lead_id);

CREATE INDEX web_form_spent_end ON public.web_form_spent USING btree (workspace_id, ends_at);

CREATE INDEX work_report_manager ON public.work_report USING btree (workspace_id, manager, starts_on) WHERE (manager IS NOT NULL);

CREATE INDEX work_report_period ON public.work_report USING btree (workspace_id, owner_id, kind, starts_on);

CREATE INDEX workreport_bin ON public.work_report USING btree (workspace_id, deleted_at) WHERE (NOT (deleted_at IS NULL));

CREATE INDEX workreport_created ON public.work_report USING btree (workspace_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX workreport_owner ON public.work_report USING btree (workspace_id, owner_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX workreport_title ON public.work_report USING btree (workspace_id, title_sort, id) WHERE (deleted_at IS NULL);

CREATE INDEX workreport_updated ON public.work_report USING btree (workspace_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX workspace_slug_4d89d459_like ON public.workspace USING btree (slug varchar_pattern_ops);

ALTER INDEX public.audit_entry_pkey ATTACH PARTITION public.audit_entry_rest_pkey;

ALTER INDEX public.audit_entry_actor ATTACH PARTITION public.audit_entry_rest_workspace_id_actor_id_at_id_idx;

ALTER INDEX public.audit_entry_at ATTACH PARTITION public.audit_entry_rest_workspace_id_at_id_idx;

ALTER INDEX public.audit_entry_kind ATTACH PARTITION public.audit_entry_rest_workspace_id_kind_at_id_idx;

ALTER INDEX public.audit_entry_record ATTACH PARTITION public.audit_entry_rest_workspace_id_record_id_at_idx;

ALTER INDEX public.audit_entry_tx ATTACH PARTITION public.audit_entry_rest_workspace_id_tx_id_idx;

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();

ALTER TABLE ONLY public.access_delegation
    ADD CONSTRAINT access_delegation_workspace_id_e76dd41f_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.access_role
    ADD CONSTRAINT access_role_workspace_id_e3781488_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.access_setting
    ADD CONSTRAINT access_setting_workspace_id_48627687_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_app_user_id FOREIGN KEY (user_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.allauth_idp_oidc_client
    ADD CONSTRAINT allauth_idp_oidc_client_owner_id_1f1eb0f1_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.allauth_idp_oidc_token
    ADD CONSTRAINT allauth_idp_oidc_tok_client_id_cad2cd57_fk_allauth_i FOREIGN KEY (client_id) REFERENCES public.allauth_idp_oidc_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.allauth_idp_oidc_token
    ADD CONSTRAINT allauth_idp_oidc_token_user_id_3e9a005f_fk_app_user_id FOREIGN KEY (user_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_user_id_b646d2e7_fk_app_user_id FOREIGN KEY (user_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_workspace_id_d45677b4_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.assignment_desk
    ADD CONSTRAINT assignment_desk_workspace_id_8f71e18c_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.assignment_person
    ADD CONSTRAINT assignment_person_workspace_id_2b31a5f6_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.assignment_queue
    ADD CONSTRAINT assignment_queue_workspace_id_95af71ab_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.assignment_queued
    ADD CONSTRAINT assignment_queued_queue_id_b80f650d_fk_assignment_queue_id FOREIGN KEY (queue_id) REFERENCES public.assignment_queue(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.assignment_queued
    ADD CONSTRAINT assignment_queued_workspace_id_b5bf0681_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.assignment_rule
    ADD CONSTRAINT assignment_rule_workspace_id_27f8beee_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_workspace_id_f3bb64e9_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.bulk_job
    ADD CONSTRAINT bulk_job_workspace_id_1f0423f9_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.bulk_refusal
    ADD CONSTRAINT bulk_refusal_job_id_d8ad0095_fk_bulk_job_id FOREIGN KEY (job_id) REFERENCES public.bulk_job(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.bulk_refusal
    ADD CONSTRAINT bulk_refusal_workspace_id_11d1eaa5_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_contact_id_6f314699_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_customer_id_aae656aa_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_lead_id_d897588e_fk_lead_id FOREIGN KEY (lead_id) REFERENCES public.lead(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_opportunity_id_7ea6ac36_fk_opportunity_id FOREIGN KEY (opportunity_id) REFERENCES public.opportunity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.call
    ADD CONSTRAINT call_owner_id_63dba874_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clause
    ADD CONSTRAINT clause_owner_id_ab019a35_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.commission_line
    ADD CONSTRAINT commission_line_statement_id_e531e611_fk_commissio FOREIGN KEY (statement_id) REFERENCES public.commission_statement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.commission_line
    ADD CONSTRAINT commission_line_workspace_id_719028a3_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.commission_rule
    ADD CONSTRAINT commission_rule_plan_id_758e0bf3_fk_target_plan_id FOREIGN KEY (plan_id) REFERENCES public.target_plan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.commission_rule
    ADD CONSTRAINT commission_rule_workspace_id_80de4114_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.commission_statement
    ADD CONSTRAINT commission_statement_rule_id_f372674b_fk_commission_rule_id FOREIGN KEY (rule_id) REFERENCES public.commission_rule(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.commission_statement
    ADD CONSTRAINT commission_statement_workspace_id_18cbdd49_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_entry
    ADD CONSTRAINT consent_entry_notice_version_id_c4263a08_fk_privacy_n FOREIGN KEY (notice_version_id) REFERENCES public.privacy_notice_version(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_entry
    ADD CONSTRAINT consent_entry_purpose_id_ac0f6472_fk_privacy_purpose_id FOREIGN KEY (purpose_id) REFERENCES public.privacy_purpose(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_entry
    ADD CONSTRAINT consent_entry_workspace_id_cc9d0ef8_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.consent_link
    ADD CONSTRAINT consent_link_workspace_id_5ca6841d_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_customer_id_98ddac4d_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_owner_id_ae9e0fa7_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest
    ADD CONSTRAINT contest_plan_id_dfa2748b_fk_target_plan_id FOREIGN KEY (plan_id) REFERENCES public.target_plan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contest
    ADD CONSTRAINT contest_workspace_id_821582d5_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_amends_id_d5972fae_fk_contract_id FOREIGN KEY (amends_id) REFERENCES public.contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_contact_id_c23de56d_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_customer_id_9fe79f41_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_opportunity_id_30acd03c_fk_opportunity_id FOREIGN KEY (opportunity_id) REFERENCES public.opportunity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_owner_id_a8c64cb2_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_quote_id_19b3eec7_fk_quote_id FOREIGN KEY (quote_id) REFERENCES public.quote(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_renewal_id_2b816a87_fk_opportunity_id FOREIGN KEY (renewal_id) REFERENCES public.opportunity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.currency_rate
    ADD CONSTRAINT currency_rate_owner_id_717114ce_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.custom_record
    ADD CONSTRAINT custom_record_owner_id_eec4c2ab_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customer_insight_change
    ADD CONSTRAINT customer_insight_change_workspace_id_9fec9324_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customer_insight_month
    ADD CONSTRAINT customer_insight_month_workspace_id_d1488433_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customer_insight
    ADD CONSTRAINT customer_insight_workspace_id_b073520c_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_owner_id_b704a31d_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_parent_id_7a586219_fk_customer_id FOREIGN KEY (parent_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_primary_contact_id_9f83422e_fk_contact_id FOREIGN KEY (primary_contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.dashboard
    ADD CONSTRAINT dashboard_owner_id_5317d80e_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.dashboard
    ADD CONSTRAINT dashboard_team_id_630deaaf_fk_team_id FOREIGN KEY (team_id) REFERENCES public.team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.dashboard
    ADD CONSTRAINT dashboard_workspace_id_15f55983_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.data_key
    ADD CONSTRAINT data_key_workspace_id_cfd0e30d_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT delivery_owner_id_e755cfcb_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT delivery_sales_order_id_e9cea61e_fk_sales_order_id FOREIGN KEY (sales_order_id) REFERENCES public.sales_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.discount_band
    ADD CONSTRAINT discount_band_owner_id_1feddd1c_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.duplicate_cluster
    ADD CONSTRAINT duplicate_cluster_run_id_332c9d58_fk_duplicate_run_id FOREIGN KEY (run_id) REFERENCES public.duplicate_run(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.duplicate_cluster
    ADD CONSTRAINT duplicate_cluster_workspace_id_18836fd5_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.duplicate_decision
    ADD CONSTRAINT duplicate_decision_workspace_id_34122485_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.duplicate_run
    ADD CONSTRAINT duplicate_run_workspace_id_2e0d4cf8_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.erasure_certificate
    ADD CONSTRAINT erasure_certificate_workspace_id_f031dcff_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_contact_id_a5841551_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_customer_id_5e4feaa3_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_lead_id_f08b4963_fk_lead_id FOREIGN KEY (lead_id) REFERENCES public.lead(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_opportunity_id_d76925ed_fk_opportunity_id FOREIGN KEY (opportunity_id) REFERENCES public.opportunity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_owner_id_16942a6c_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.expense
    ADD CONSTRAINT expense_customer_id_3d4eda11_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.expense
    ADD CONSTRAINT expense_opportunity_id_ae61d820_fk_opportunity_id FOREIGN KEY (opportunity_id) REFERENCES public.opportunity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.expense
    ADD CONSTRAINT expense_owner_id_261b1e23_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.export_job
    ADD CONSTRAINT export_job_workspace_id_7726fb5b_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.field_confirmation
    ADD CONSTRAINT field_confirmation_workspace_id_267eaf3f_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.field_mark
    ADD CONSTRAINT field_mark_workspace_id_a51f6470_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.field_rule
    ADD CONSTRAINT field_rule_workspace_id_9fc8891e_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hand_over
    ADD CONSTRAINT hand_over_workspace_id_5c041f83_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_workspace_id_95ef4ee7_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.import_job
    ADD CONSTRAINT import_job_workspace_id_691b6a1a_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_job_id_90f90ba1_fk_import_job_id FOREIGN KEY (job_id) REFERENCES public.import_job(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_workspace_id_70238a75_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.insight_run
    ADD CONSTRAINT insight_run_workspace_id_d00c8057_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.insight_settings
    ADD CONSTRAINT insight_settings_workspace_id_e0c13b4e_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.installed_template
    ADD CONSTRAINT installed_template_workspace_id_26ce9f6e_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_invited_by_id_023fed2d_fk_app_user_id FOREIGN KEY (invited_by_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_user_id_c99ffa1e_fk_app_user_id FOREIGN KEY (user_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_workspace_id_f4799fe6_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_contract_id_466c0700_fk_contract_id FOREIGN KEY (contract_id) REFERENCES public.contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_customer_id_ef711b4d_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_owner_id_7be6e035_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_reverses_id_b424ca1c_fk_invoice_id FOREIGN KEY (reverses_id) REFERENCES public.invoice(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_sales_order_id_198d11c5_fk_sales_order_id FOREIGN KEY (sales_order_id) REFERENCES public.sales_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.keep_rule
    ADD CONSTRAINT keep_rule_workspace_id_97db3160_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.kept_record
    ADD CONSTRAINT kept_record_workspace_id_5f1b69d8_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.layout
    ADD CONSTRAINT layout_workspace_id_20a49fa2_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_converted_contact_id_99eaaf27_fk_contact_id FOREIGN KEY (converted_contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_converted_customer_id_d491de19_fk_customer_id FOREIGN KEY (converted_customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_converted_opportunity_id_7ee2aa2f_fk_opportunity_id FOREIGN KEY (converted_opportunity_id) REFERENCES public.opportunity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_owner_id_103c89e7_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.legal_hold
    ADD CONSTRAINT legal_hold_workspace_id_8623d740_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.mail_bounce
    ADD CONSTRAINT mail_bounce_workspace_id_2f62f750_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_manager_id_8def0458_fk_app_user_id FOREIGN KEY (manager_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_team_id_c21500f1_fk_team_id FOREIGN KEY (team_id) REFERENCES public.team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_user_id_3409a104_fk_app_user_id FOREIGN KEY (user_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_workspace_id_c5ec97fd_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_app_user_id FOREIGN KEY (user_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.note
    ADD CONSTRAINT note_contact_id_e609c81f_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.note
    ADD CONSTRAINT note_customer_id_2357cd77_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.note
    ADD CONSTRAINT note_lead_id_06eb716b_fk_lead_id FOREIGN KEY (lead_id) REFERENCES public.lead(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.note
    ADD CONSTRAINT note_opportunity_id_52e0e655_fk_opportunity_id FOREIGN KEY (opportunity_id) REFERENCES public.opportunity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.note
    ADD CONSTRAINT note_owner_id_ae147a7c_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notification
    ADD CONSTRAINT notification_user_id_1002fc38_fk_app_user_id FOREIGN KEY (user_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.notification
    ADD CONSTRAINT notification_workspace_id_8333ac15_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.offer_link
    ADD CONSTRAINT offer_link_workspace_id_bb77ec45_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.opportunity
    ADD CONSTRAINT opportunity_contact_id_03b45607_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.opportunity
    ADD CONSTRAINT opportunity_customer_id_1faa8e1f_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.opportunity
    ADD CONSTRAINT opportunity_owner_id_79061cd4_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.opportunity
    ADD CONSTRAINT opportunity_product_id_f095315f_fk_product_id FOREIGN KEY (product_id) REFERENCES public.product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.order_status_link
    ADD CONSTRAINT order_status_link_workspace_id_f68a3492_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.password_age
    ADD CONSTRAINT password_age_user_id_be74d9ab_fk_app_user_id FOREIGN KEY (user_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_customer_id_cfa68abe_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_owner_id_871b094c_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.payment_plan
    ADD CONSTRAINT payment_plan_contract_id_1f81e723_fk_contract_id FOREIGN KEY (contract_id) REFERENCES public.contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.payment_plan
    ADD CONSTRAINT payment_plan_customer_id_82d87e2b_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.payment_plan
    ADD CONSTRAINT payment_plan_owner_id_7ebacb97_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.payment_plan
    ADD CONSTRAINT payment_plan_sales_order_id_d1071ec8_fk_sales_order_id FOREIGN KEY (sales_order_id) REFERENCES public.sales_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_refunds_id_a56219bc_fk_payment_id FOREIGN KEY (refunds_id) REFERENCES public.payment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.pipeline
    ADD CONSTRAINT pipeline_workspace_id_41edd976_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.price_book_entry
    ADD CONSTRAINT price_book_entry_owner_id_8dc9c2e3_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.price_book_entry
    ADD CONSTRAINT price_book_entry_price_book_id_c60ef581_fk_price_book_id FOREIGN KEY (price_book_id) REFERENCES public.price_book(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.price_book_entry
    ADD CONSTRAINT price_book_entry_product_id_2c213a38_fk_product_id FOREIGN KEY (product_id) REFERENCES public.product(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.price_book
    ADD CONSTRAINT price_book_owner_id_5fdb9b7c_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.print_template
    ADD CONSTRAINT print_template_workspace_id_c42ef5c1_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_assessment
    ADD CONSTRAINT privacy_assessment_purpose_id_ed740d43_fk_privacy_purpose_id FOREIGN KEY (purpose_id) REFERENCES public.privacy_purpose(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_assessment
    ADD CONSTRAINT privacy_assessment_workspace_id_efb76565_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_breach_event
    ADD CONSTRAINT privacy_breach_event_breach_id_b3a3acc1_fk_privacy_breach_id FOREIGN KEY (breach_id) REFERENCES public.privacy_breach(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_breach_event
    ADD CONSTRAINT privacy_breach_event_workspace_id_e120202c_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_breach
    ADD CONSTRAINT privacy_breach_workspace_id_fe8bcdb5_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_notice_version
    ADD CONSTRAINT privacy_notice_version_notice_id_320813d8_fk_privacy_notice_id FOREIGN KEY (notice_id) REFERENCES public.privacy_notice(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_notice_version
    ADD CONSTRAINT privacy_notice_version_workspace_id_81c13f3e_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_notice
    ADD CONSTRAINT privacy_notice_workspace_id_12cba5be_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_purpose
    ADD CONSTRAINT privacy_purpose_workspace_id_2de130bb_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_sharing
    ADD CONSTRAINT privacy_sharing_purpose_id_ebafae27_fk_privacy_purpose_id FOREIGN KEY (purpose_id) REFERENCES public.privacy_purpose(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.privacy_sharing
    ADD CONSTRAINT privacy_sharing_workspace_id_9763641c_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_owner_id_62985424_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_repair
    ADD CONSTRAINT quality_repair_workspace_id_1978beaf_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_settings
    ADD CONSTRAINT quality_settings_workspace_id_3359c1ed_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quality_snapshot
    ADD CONSTRAINT quality_snapshot_workspace_id_2dd8ae6b_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT quote_contact_id_b2138182_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT quote_customer_id_94194252_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT quote_opportunity_id_838ffc98_fk_opportunity_id FOREIGN KEY (opportunity_id) REFERENCES public.opportunity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT quote_owner_id_8b3b6664_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT quote_previous_id_2eb467d9_fk_quote_id FOREIGN KEY (previous_id) REFERENCES public.quote(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.record_collaborator
    ADD CONSTRAINT record_collaborator_workspace_id_de479475_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.record_request
    ADD CONSTRAINT record_request_workspace_id_6123c001_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referral_code
    ADD CONSTRAINT referral_code_workspace_id_14244c56_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_customer_id_c8817624_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_first_payment_id_535948d3_fk_payment_id FOREIGN KEY (first_payment_id) REFERENCES public.payment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_lead_id_3aa75cc6_fk_lead_id FOREIGN KEY (lead_id) REFERENCES public.lead(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_owner_id_72ecec19_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_referrer_contact_id_833eb540_fk_contact_id FOREIGN KEY (referrer_contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_referrer_id_6f06f786_fk_customer_id FOREIGN KEY (referrer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.referral_terms
    ADD CONSTRAINT referral_terms_workspace_id_f83789c8_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.retention_rule
    ADD CONSTRAINT retention_rule_workspace_id_3c88858f_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.retention_run
    ADD CONSTRAINT retention_run_rule_id_1ad10c82_fk_retention_rule_id FOREIGN KEY (rule_id) REFERENCES public.retention_rule(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.retention_run
    ADD CONSTRAINT retention_run_workspace_id_24d47014_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_calendar_feed
    ADD CONSTRAINT sales_calendar_feed_workspace_id_3c06d47f_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_event_guest
    ADD CONSTRAINT sales_event_guest_workspace_id_0c46811e_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_order
    ADD CONSTRAINT sales_order_contact_id_af01ed26_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_order
    ADD CONSTRAINT sales_order_contract_id_4d9e272b_fk_contract_id FOREIGN KEY (contract_id) REFERENCES public.contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_order
    ADD CONSTRAINT sales_order_customer_id_798c889f_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_order
    ADD CONSTRAINT sales_order_opportunity_id_ab82b142_fk_opportunity_id FOREIGN KEY (opportunity_id) REFERENCES public.opportunity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_order
    ADD CONSTRAINT sales_order_owner_id_b3f9201b_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_order
    ADD CONSTRAINT sales_order_quote_id_bd06753f_fk_quote_id FOREIGN KEY (quote_id) REFERENCES public.quote(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_plan_entry
    ADD CONSTRAINT sales_plan_entry_plan_id_91bc46a1_fk_sales_plan_id FOREIGN KEY (plan_id) REFERENCES public.sales_plan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_plan_entry
    ADD CONSTRAINT sales_plan_entry_workspace_id_1383e76c_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_plan
    ADD CONSTRAINT sales_plan_workspace_id_20a51452_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_pool_run
    ADD CONSTRAINT sales_pool_run_workspace_id_a923f0d0_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_pool_tally
    ADD CONSTRAINT sales_pool_tally_workspace_id_7adf779e_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_pool
    ADD CONSTRAINT sales_pool_workspace_id_075fe6b2_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_remark
    ADD CONSTRAINT sales_remark_workspace_id_02927b78_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_reminder
    ADD CONSTRAINT sales_reminder_workspace_id_3b1c7206_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_return
    ADD CONSTRAINT sales_return_owner_id_5cccddd0_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sales_return
    ADD CONSTRAINT sales_return_sales_order_id_39270bc4_fk_sales_order_id FOREIGN KEY (sales_order_id) REFERENCES public.sales_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_owner_id_808972b0_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_team_id_9f92c948_fk_team_id FOREIGN KEY (team_id) REFERENCES public.team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.saved_view
    ADD CONSTRAINT saved_view_workspace_id_dc460996_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.schema_change
    ADD CONSTRAINT schema_change_workspace_id_f90f4103_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.schema_field
    ADD CONSTRAINT schema_field_workspace_id_b4c7a190_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.schema_identity
    ADD CONSTRAINT schema_identity_workspace_id_be6b1b0d_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.schema_object
    ADD CONSTRAINT schema_object_workspace_id_ee0f599b_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.schema_task
    ADD CONSTRAINT schema_task_workspace_id_04259afb_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.score_card
    ADD CONSTRAINT score_card_workspace_id_5d4bbaf6_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sharing_rule
    ADD CONSTRAINT sharing_rule_workspace_id_57f65806_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sign_in_event
    ADD CONSTRAINT sign_in_event_user_id_f7170c0e_fk_app_user_id FOREIGN KEY (user_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sign_in_policy
    ADD CONSTRAINT sign_in_policy_workspace_id_30fd6cb5_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_account_id_951f210e_fk_socialacc FOREIGN KEY (account_id) REFERENCES public.socialaccount_socialaccount(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_app_id_636a42d7_fk_socialacc FOREIGN KEY (app_id) REFERENCES public.socialaccount_socialapp(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_user_id_8146e70c_fk_app_user_id FOREIGN KEY (user_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sso_connection
    ADD CONSTRAINT sso_connection_workspace_id_2116f2e2_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sso_domain
    ADD CONSTRAINT sso_domain_workspace_id_c0a8e595_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sso_identity
    ADD CONSTRAINT sso_identity_connection_id_80511f13_fk_sso_connection_id FOREIGN KEY (connection_id) REFERENCES public.sso_connection(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sso_identity
    ADD CONSTRAINT sso_identity_user_id_ad51fd12_fk_app_user_id FOREIGN KEY (user_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.sso_identity
    ADD CONSTRAINT sso_identity_workspace_id_80310eaf_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.stage
    ADD CONSTRAINT stage_pipeline_id_15a5c4ef_fk_pipeline_id FOREIGN KEY (pipeline_id) REFERENCES public.pipeline(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.stage_stay
    ADD CONSTRAINT stage_stay_workspace_id_2ba6407f_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.stage
    ADD CONSTRAINT stage_workspace_id_27326ea2_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.stored_file
    ADD CONSTRAINT stored_file_workspace_id_cab68bd4_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.subject_copy
    ADD CONSTRAINT subject_copy_request_id_1873ea99_fk_subject_request_id FOREIGN KEY (request_id) REFERENCES public.subject_request(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.subject_copy
    ADD CONSTRAINT subject_copy_workspace_id_80333277_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.subject_event
    ADD CONSTRAINT subject_event_request_id_381d6591_fk_subject_request_id FOREIGN KEY (request_id) REFERENCES public.subject_request(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.subject_event
    ADD CONSTRAINT subject_event_workspace_id_2f71b3fa_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.subject_objection
    ADD CONSTRAINT subject_objection_request_id_d70812ce_fk_subject_request_id FOREIGN KEY (request_id) REFERENCES public.subject_request(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.subject_objection
    ADD CONSTRAINT subject_objection_workspace_id_5229eb00_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.subject_request
    ADD CONSTRAINT subject_request_workspace_id_1099ec11_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.target_alert
    ADD CONSTRAINT target_alert_plan_id_86299d67_fk_target_plan_id FOREIGN KEY (plan_id) REFERENCES public.target_plan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.target_alert
    ADD CONSTRAINT target_alert_workspace_id_e71c2790_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_plan_id_47f6dfd9_fk_target_plan_id FOREIGN KEY (plan_id) REFERENCES public.target_plan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.target_plan
    ADD CONSTRAINT target_plan_workspace_id_a18c8d74_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.target_shy
    ADD CONSTRAINT target_shy_workspace_id_335c68cf_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_workspace_id_53ee017d_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_contact_id_433ac9d4_fk_contact_id FOREIGN KEY (contact_id) REFERENCES public.contact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_customer_id_b01d584b_fk_customer_id FOREIGN KEY (customer_id) REFERENCES public.customer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_lead_id_f532c66c_fk_lead_id FOREIGN KEY (lead_id) REFERENCES public.lead(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_opportunity_id_b67c4e49_fk_opportunity_id FOREIGN KEY (opportunity_id) REFERENCES public.opportunity(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_owner_id_61ef33dc_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_manager_id_d5256480_fk_app_user_id FOREIGN KEY (manager_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_parent_id_09b9fdc1_fk_team_id FOREIGN KEY (parent_id) REFERENCES public.team(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_workspace_id_1d56407f_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_app_user_id FOREIGN KEY (user_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.validation_rule
    ADD CONSTRAINT validation_rule_workspace_id_42273108_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.watch_rule
    ADD CONSTRAINT watch_rule_workspace_id_0c70523d_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.web_form_answer
    ADD CONSTRAINT web_form_answer_form_id_a5cefa91_fk_web_form_id FOREIGN KEY (form_id) REFERENCES public.web_form(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.web_form_answer
    ADD CONSTRAINT web_form_answer_workspace_id_02443602_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.web_form_draw
    ADD CONSTRAINT web_form_draw_form_id_af4191b4_fk_web_form_id FOREIGN KEY (form_id) REFERENCES public.web_form(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.web_form_draw
    ADD CONSTRAINT web_form_draw_workspace_id_1a62cd73_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.web_form_spent
    ADD CONSTRAINT web_form_spent_workspace_id_a2133e23_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.web_form
    ADD CONSTRAINT web_form_workspace_id_809fdb08_fk_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspace(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.work_report
    ADD CONSTRAINT work_report_owner_id_3fd7ab48_fk_app_user_id FOREIGN KEY (owner_id) REFERENCES public.app_user(id) DEFERRABLE INITIALLY DEFERRED;

INSERT INTO public.django_migrations (app, name, applied) VALUES
('tenancy', '0001_initial', now()),
('tenancy', '0002_access_version', now()),
('access', '0001_initial', now()),
('access', '0002_ways', now()),
('access', '0003_duties_asked', now()),
('access', '0004_team_parts', now()),
('identity', '0001_initial', now()),
('account', '0001_initial', now()),
('account', '0002_email_max_length', now()),
('account', '0003_alter_emailaddress_create_unique_verified_email', now()),
('account', '0004_alter_emailaddress_drop_unique_email', now()),
('account', '0005_emailaddress_idx_upper_email', now()),
('account', '0006_emailaddress_lower', now()),
('account', '0007_emailaddress_idx_email', now()),
('account', '0008_emailaddress_unique_primary_email_fixup', now()),
('account', '0009_emailaddress_unique_primary_email', now()),
('allauth_idp_oidc', '0001_initial', now()),
('allauth_idp_oidc', '0002_client_default_scopes', now()),
('allauth_idp_oidc', '0003_client_allow_uri_wildcards', now()),
('records', '0001_initial', now()),
('records', '0002_aliases_and_change_sets', now()),
('records', '0003_journal_tx', now()),
('audit', '0001_initial', now()),
('audit', '0002_alerts_from_ten_thousand', now()),
('audit', '0003_sealed_journal', now()),
('audit', '0004_erase_entries', now()),
('contenttypes', '0001_initial', now()),
('contenttypes', '0002_remove_content_type_name', now()),
('auth', '0001_initial', now()),
('auth', '0002_alter_permission_name_max_length', now()),
('auth', '0003_alter_user_email_max_length', now()),
('auth', '0004_alter_user_username_opts', now()),
('auth', '0005_alter_user_last_login_null', now()),
('auth', '0006_require_contenttypes_0002', now()),
('auth', '0007_alter_validators_add_error_messages', now()),
('auth', '0008_alter_user_username_max_length', now()),
('auth', '0009_alter_user_last_name_max_length', now()),
('auth', '0010_alter_group_name_max_length', now()),
('auth', '0011_update_proxy_permissions', now()),
('auth', '0012_alter_user_first_name_max_length', now()),
('backup', '0001_runs', now()),
('bounces', '0001_initial', now()),
('changes', '0001_bulk_jobs', now()),
('changes', '0002_sealed', now()),
('configuration', '0001_initial', now()),
('customers', '0001_initial', now()),
('customers', '0002_public_pools', now()),
('identity', '0002_extra_roles', now()),
('dashboards', '0001_dashboards', now()),
('designer', '0001_initial', now()),
('duplicates', '0001_record_requests', now()),
('entry', '0001_initial', now()),
('entry', '0002_single_sign_on_policy', now()),
('finder', '0001_duplicate_runs', now()),
('handover', '0001_initial', now()),
('insight_customers', '0001_initial', now()),
('insight_customers', '0002_offers', now()),
('insight_customers', '0003_profit_in_its_parts', now()),
('mfa', '0001_initial', now()),
('mfa', '0002_authenticator_timestamps', now()),
('mfa', '0003_authenticator_type_uniq', now()),
('notifications', '0001_initial', now()),
('privacy', '0001_consents', now()),
('privacy', '0002_retention_assessments_breaches', now()),
('procrastinate', '0001_initial', now()),
('procrastinate', '0002_drop_started_at_column', now()),
('procrastinate', '0003_drop_started_at_column', now()),
('procrastinate', '0004_drop_procrastinate_version_table', now()),
('procrastinate', '0005_fix_procrastinate_fetch_job', now()),
('procrastinate', '0006_fix_trigger_status_events_insert', now()),
('procrastinate', '0007_add_queueing_lock_column', now()),
('procrastinate', '0008_close_fetch_job_race_condition', now()),
('procrastinate', '0009_add_defer_job_function', now()),
('procrastinate', '0010_add_procrastinate_periodic_defers', now()),
('procrastinate', '0011_add_foreign_key_index', now()),
('procrastinate', '0012_add_locks_to_periodic_defer', now()),
('procrastinate', '0013_fix_procrastinate_defer_periodic_job', now()),
('procrastinate', '0014_add_finish_job_and_retry_job_functions', now()),
('procrastinate', '0015_add_trigger_on_job_deletion', now()),
('procrastinate', '0016_delete_finished_jobs', now()),
('procrastinate', '0017_add_checks_to_finish_job', now()),
('procrastinate', '0018_add_checks_to_retry_job', now()),
('procrastinate', '0019_fix_finish_job_compat_issue', now()),
('procrastinate', '0020_add_index_on_procrastinate_jobs', now()),
('procrastinate', '0021_add_kwargs_to_defer_periodic_job', now()),
('procrastinate', '0022_null_locks_excluded', now()),
('procrastinate', '0023_remove_old_finish_job_function', now()),
('procrastinate', '0024_job_id_bigint', now()),
('procrastinate', '0025_add_models', now()),
('procrastinate', '0026_add_job_priority', now()),
('procrastinate', '0027_add_periodic_job_priority', now()),
('procrastinate', '0028_add_cancel_states', now()),
('procrastinate', '0029_add_additional_params_to_retry_job', now()),
('procrastinate', '0030_alter_procrastinateevent_options', now()),
('procrastinate', '0031_add_indexes_for_fetch_job', now()),
('procrastinate', '0032_pre_cancel_notification', now()),
('procrastinate', '0033_post_cancel_notification', now()),
('procrastinate', '0034_pre_add_heartbeat', now()),
('procrastinate', '0035_post_add_heartbeat', now()),
('procrastinate', '0036_add_worker_model', now()),
('procrastinate', '0037_pre_batch_defer_jobs', now()),
('procrastinate', '0038_post_batch_defer_jobs', now()),
('procrastinate', '0039_pre_priority_lock_fetch_job', now()),
('procrastinate', '0040_pre_retry_failed_job', now()),
('procrastinate', '0041_post_retry_failed_job', now()),
('quality', '0001_initial', now()),
('records', '0004_marks', now()),
('records', '0005_confirmations', now()),
('records', '0006_file_keys', now()),
('records', '0007_change_set_parts', now()),
('records', '0008_line_parents', now()),
('records', '0009_mark_status', now()),
('sales', '0001_initial', now()),
('sales', '0002_public_pools', now()),
('sales', '0003_lead_origin_and_response', now()),
('sales', '0004_prices', now()),
('sales', '0005_deal_forecast', now()),
('sales', '0006_follow_up', now()),
('sales', '0007_lead_attachments', now()),
('sales', '0008_referral_codes', now()),
('sales_assignment', '0001_initial', now()),
('sales_costs', '0001_expenses', now()),
('sales_follow_up', '0001_reminders', now()),
('sales_follow_up', '0002_plans', now()),
('sales_follow_up', '0003_reviews', now()),
('sales_follow_up', '0004_calendar_feed', now()),
('sales_follow_up', '0005_sample_plans', now()),
('sales_follow_up', '0006_event_guests', now()),
('sales_follow_up', '0007_guest_proposals', now()),
('sales_papers', '0001_papers', now()),
('sales_papers', '0002_templates_and_links', now()),
('sales_orders', '0001_orders', now()),
('sales_orders', '0002_deliveries', now()),
('sales_orders', '0003_credit', now()),
('sales_papers', '0003_gross_profit', now()),
('sales_papers', '0004_mailed_quotes', now()),
('sales_papers', '0005_clauses', now()),
('sales_papers', '0006_contract_attachments', now()),
('sales_pipeline', '0001_initial', now()),
('sales_pool', '0001_initial', now()),
('sales_pricing', '0001_prices', now()),
('sales_receivables', '0001_plans_and_payments', now()),
('sales_receivables', '0002_allocations_by_plan', now()),
('sales_receivables', '0003_invoices', now()),
('sales_receivables', '0004_allocations_by_invoice', now()),
('sales_receivables', '0005_by_order', now()),
('sales_referrals', '0001_referrals', now()),
('sales_targets', '0001_targets', now()),
('sales_targets', '0002_commission', now()),
('sales_targets', '0003_contests', now()),
('sales_web_forms', '0001_initial', now()),
('sales_web_forms', '0002_surveys_and_lotteries', now()),
('schema', '0001_initial', now()),
('schema', '0002_rules', now()),
('schema', '0003_identity_rules', now()),
('schema', '0004_shaping', now()),
('schema', '0005_validation_formula', now()),
('schema', '0006_watch_rules', now()),
('schema', '0007_stage_guide', now()),
('sessions', '0001_initial', now()),
('socialaccount', '0001_initial', now()),
('socialaccount', '0002_token_max_lengths', now()),
('socialaccount', '0003_extra_data_default_dict', now()),
('socialaccount', '0004_app_provider_id_settings', now()),
('socialaccount', '0005_socialtoken_nullable_app', now()),
('socialaccount', '0006_alter_socialaccount_extra_data', now()),
('sso', '0001_initial', now()),
('sso', '0002_domains', now()),
('sso', '0003_eras', now()),
('subjects', '0001_requests', now()),
('subjects', '0002_waiting', now()),
('transfer', '0001_initial', now()),
('transfer', '0002_sealed', now()),
('transfer', '0003_parquet', now()),
('usersessions', '0001_initial', now()),
('vault', '0001_data_keys', now()),
('vault', '0002_index_versions', now()),
('views', '0001_initial', now()),
('views', '0002_kinds_and_sharing', now());
