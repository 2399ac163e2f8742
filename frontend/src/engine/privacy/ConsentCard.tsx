/**
 * What may be done with a person's data, by purpose and channel, with the reason; and all that they said.
 * Nothing is shown while the firm keeps no register, nor on records that reach nobody.
 */
import { Button } from "antd";
import { Check, X } from "lucide-react";
import { useState } from "react";
import type { ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Card, Icon, lazyPart } from "@/kit";
import { moduleOf } from "../fields";
import styles from "./consent.module.css";
import { useT } from "./messages";
import type { PanelPurpose } from "./model";
import { usePanel } from "./queries";
import { useWords } from "./useWords";

const ConsentDialog = lazyPart(async () => (await import("./ConsentDialog")).ConsentDialog);
const ConsentHistory = lazyPart(async () => (await import("./ConsentHistory")).ConsentHistory);
const LinkDialog = lazyPart(async () => (await import("./LinkDialog")).LinkDialog);

interface Props {
  object: ObjectSchema;
  record: RecordData;
}

export function ConsentCard({ object, record }: Props) {
  const reaches = object.fields.some((field) => moduleOf(field).reaches);
  return reaches ? <OfPerson object={object} record={record} /> : null;
}

function OfPerson({ object, record }: Props) {
  const t = useT();
  const { data } = usePanel(record);
  const [open, setOpen] = useState<"record" | "link" | "history" | null>(null);
  if (!data || data.purposes.length === 0) return null;
  const close = () => setOpen(null);
  return (
    <Card title={t("card")}>
      <div className={styles.list}>
        {data.purposes.map((purpose) => (
          <OfPurpose key={purpose.id} purpose={purpose} />
        ))}
      </div>
      <div className={styles.foot}>
        {object.can.edit && (
          <>
            <Button size="small" onClick={() => setOpen("record")}>
              {t("record")}
            </Button>
            <Button size="small" onClick={() => setOpen("link")}>
              {t("link")}
            </Button>
          </>
        )}
        {data.entries.length > 0 && (
          <Button size="small" type="text" onClick={() => setOpen("history")}>
            {t("history")} {data.entries.length}
          </Button>
        )}
      </div>
      {open === "record" && <ConsentDialog panel={data} record={record} onClose={close} />}
      {open === "link" && <LinkDialog record={record} onClose={close} />}
      {open === "history" && <ConsentHistory panel={data} record={record} onClose={close} />}
    </Card>
  );
}

function OfPurpose({ purpose }: { purpose: PanelPurpose }) {
  const t = useT();
  const label = useLabel();
  const words = useWords();
  return (
    <div className={styles.purpose}>
      <b>{label(purpose.name)}</b>
      {purpose.decisions.map((each) => (
        <span key={each.channel} className={styles.decision} data-allowed={each.allowed}>
          <Icon as={each.allowed ? Check : X} size={14} label={t(each.allowed ? "allowed" : "not_allowed")} />
          <span>{words.channel(each.channel)}</span>
          <span className={styles.reason}>{each.reason}</span>
        </span>
      ))}
    </div>
  );
}
