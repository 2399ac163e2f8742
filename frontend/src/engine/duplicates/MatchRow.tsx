import { Button } from "antd";
import { Lock } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import type { DuplicateHit } from "@/api/types";
import { useObject } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Chip, Icon, objectIcon, useFormat } from "@/kit";
import { recordPath } from "../records/paths";
import styles from "./duplicates.module.css";
import { duplicatesMessages } from "./messages";
import { RequestDialog, type Wanted } from "./RequestDialog";

interface Props {
  hit: DuplicateHit;
  /** What found it: the server finds it again by this when one asks for it. */
  found: Pick<Wanted, "q" | "values">;
  newTab?: boolean;
}

/** One match: what it is, why, whose, and what one may do. */
export function MatchRow({ hit, found, newTab = false }: Props) {
  const t = duplicatesMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const object = useObject(hit.object);
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState(false);
  const masked = hit.in_pool ? t("pool") : hit.team ? t("of_team", { team: hit.team.name }) : t("of_colleague");
  return (
    <li className={styles.match}>
      <span className={styles.glyph} aria-hidden="true">
        <Icon as={hit.can_open ? objectIcon(object?.icon ?? "box", hit.object) : Lock} size={16} />
      </span>
      <div className={styles.words}>
        {hit.can_open && hit.id ? (
          <Link
            className="gx-link"
            to={recordPath(hit.object, hit.id)}
            {...(newTab ? { target: "_blank", rel: "noopener" } : {})}
          >
            {hit.title}
          </Link>
        ) : (
          <b>{masked}</b>
        )}
        <span className={styles.facts}>
          {object && <Chip tone="line">{label(object.label)}</Chip>}
          <span>{t("same", { name: label(hit.reason.label) })}</span>
          {hit.strict && <Chip tone="warn">{t("strict")}</Chip>}
          {hit.can_open && <span>{hit.owner ? t("owner", { name: hit.owner.name ?? "" }) : t("pool")}</span>}
          {hit.last_contact_at && <span>{t("contact", { when: format.relative(hit.last_contact_at) })}</span>}
        </span>
      </div>
      {!hit.can_open && hit.ref && (
        <Button size="small" disabled={asked} onClick={() => setAsking(true)}>
          {asked ? t("requested") : t("request")}
        </Button>
      )}
      {asking && hit.ref && (
        <RequestDialog
          wanted={{ object: hit.object, ref: hit.ref, ...found }}
          onSent={() => setAsked(true)}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
