import { Button, Skeleton } from "antd";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import type { Field, Label, ObjectSchema, RecordData } from "@/api/types";
import { fieldOf, useObject } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Avatar, Card, Chip, Icon, useFormat } from "@/kit";
import { FieldRead, isBlank, moduleOf } from "../../fields";
import { RecordForm } from "../lazy";
import { useT } from "../messages";
import { asLink } from "../meta";
import { listPath, recordPath } from "../paths";
import styles from "./related.module.css";
import { useRelated } from "./useRelated";

interface Props {
  related: { object: string; field: string; label: Label };
  record: RecordData;
}

/** Records of one kind that belong here: the newest, their count, a way to all and to a new one. */
export function RelatedList({ related, record }: Props) {
  const object = useObject(related.object);
  if (!object) return null;
  return <OfObject object={object} field={related.field} record={record} />;
}

function OfObject({ object, field, record }: { object: ObjectSchema; field: string; record: RecordData }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const [creating, setCreating] = useState(false);
  const { data, isPending } = useRelated(object.key, field, record.id);
  const all = `${listPath(object.key)}?filter=${encodeURIComponent(JSON.stringify({ field, op: "is", value: record.id }))}`;
  const count = data?.page.count;
  const name = label(object.label_plural);
  // Records of the same kind need their relation said: whose parent, whose branch.
  const title = object.key === record.object ? `${name} · ${label(fieldOf(object, field)?.label)}` : name;
  return (
    <Card
      title={<Link to={all}>{title}</Link>}
      count={count?.value ? format.count(count) : undefined}
      more={
        object.can.create && (
          <Button
            type="text"
            size="small"
            icon={<Icon as={Plus} size={14} />}
            aria-label={t("related.new", { name: label(object.label) })}
            onClick={() => setCreating(true)}
          />
        )
      }
    >
      {isPending && (
        <div className={styles.pad}>
          <Skeleton active title={false} paragraph={{ rows: 2 }} />
        </div>
      )}
      {data?.data.length === 0 && <p className={styles.none}>{t("related.none", { name: label(object.label) })}</p>}
      <ul className={styles.list}>
        {data?.data.map((each) => (
          <RelatedItem key={each.id} object={object} record={each} hidden={field} />
        ))}
      </ul>
      {count && count.value > (data?.data.length ?? 0) && (
        <Link className={styles.all} to={all}>
          {t("related.all", { n: format.count(count) })}
        </Link>
      )}
      <RecordForm
        object={object.key}
        initialValues={{ [field]: asLink(record) }}
        open={creating}
        onClose={() => setCreating(false)}
      />
    </Card>
  );
}

function RelatedItem({ object, record, hidden }: { object: ObjectSchema; record: RecordData; hidden: string }) {
  const filled = object.fields.filter(
    (field) =>
      field.in_list &&
      field.key !== object.title_field &&
      field.key !== hidden &&
      field.type !== "user" &&
      !isBlank(record[field.key]) &&
      record[field.key] !== false,
  );
  const figure =
    filled.find((field) => field.type === "money") ?? filled.find((field) => moduleOf(field).align === "end");
  const facts = filled.filter((field) => field !== figure && LIGHT.has(field.type)).slice(0, 2);
  const read = (field: Field) => <FieldRead field={field} value={record[field.key]} record={record} place="cell" />;
  return (
    <li>
      <div className={styles.text}>
        <Link className="gx-cut" to={recordPath(object.key, record.id)}>
          {record.title}
        </Link>
        {facts.length > 0 && (
          <span className={styles.facts}>
            {facts.map((field) => (
              <span key={field.key} className="gx-cut">
                {field.type === "boolean" ? <FlagName field={field} /> : read(field)}
              </span>
            ))}
          </span>
        )}
      </div>
      {figure ? (
        <span className={styles.figure}>{read(figure)}</span>
      ) : (
        record.owner && <Avatar id={record.owner.id} name={record.owner.name} labelled />
      )}
    </li>
  );
}

/** A flag that is set is said by its name: 决策人. */
function FlagName({ field }: { field: Field }) {
  const label = useLabel();
  return <Chip tone="brand">{label(field.label)}</Chip>;
}

const LIGHT = new Set(["text", "phone", "email", "select", "stage", "date", "datetime", "boolean", "serial"]);
