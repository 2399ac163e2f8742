import { App, Button, DatePicker, Drawer, Form, Input, Select, Skeleton } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import type { FilterNode } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { moduleOf } from "@/engine/fields";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { FilterBuilder } from "../../views/filter/FilterBuilder";
import { BreachAfter } from "./BreachAfter";
import { useEventT } from "./event-messages";
import { type OneBreach, useBreach, WORDS } from "./events";
import { useT } from "./messages";
import styles from "./privacy.module.css";
import { useSave } from "./queries";

interface Props {
  id: string | undefined;
  onMade: (id: string) => void;
  onClose: () => void;
}

const TIMES = ["occurred_at", "discovered_at", "authority_at", "persons_at"] as const;
type Values = Record<(typeof TIMES)[number], Dayjs | null | undefined> &
  Record<(typeof WORDS)[number] | "title" | "object_key" | "authority_reason" | "persons_reason", string>;

/** A breach: what is known of it, who is affected, whom one tells; below, the texts and what was done. */
export function BreachDrawer({ id, onMade, onClose }: Props) {
  const t = useEventT();
  const { data } = useBreach(id);
  return (
    <Drawer open size={720} title={data?.title ?? t("breaches.new")} onClose={onClose} destroyOnHidden>
      {id && !data ? (
        <Skeleton active />
      ) : (
        <>
          <BreachForm key={`${data?.id}.${data?.version}`} row={data} onMade={onMade} />
          {data && <BreachAfter row={data} />}
        </>
      )}
    </Drawer>
  );
}

function BreachForm({ row, onMade }: { row: OneBreach | undefined; onMade: (id: string) => void }) {
  const t = useEventT();
  const desk = useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const { objects, byKey } = useSchema();
  const [filter, setFilter] = useState<FilterNode | null>(row?.filter ?? null);
  const save = useSave<object, OneBreach>("/privacy/breaches");
  const object = byKey.get(Form.useWatch("object_key", form) ?? row?.object_key ?? "");
  const submit = (values: Values) => {
    const times = Object.fromEntries(TIMES.map((name) => [name, values[name]?.toISOString() ?? null]));
    save.mutate(
      {
        id: row?.id,
        version: row?.version,
        body: { ...values, ...times, object_key: values.object_key ?? "", filter },
      },
      {
        onSuccess: (saved) => {
          message.success(desk("saved"));
          if (!row) onMade(saved.id);
        },
        onError: (error) => say(error, form),
      },
    );
  };
  const initial = row
    ? { ...row, ...Object.fromEntries(TIMES.map((name) => [name, row[name] ? dayjs(row[name]) : null])) }
    : { discovered_at: dayjs() };
  const reachable = objects.filter((each) => each.fields.some((field) => moduleOf(field).reaches));
  return (
    <Form
      form={form}
      layout="vertical"
      className={styles.form}
      initialValues={initial}
      disabled={Boolean(row?.closed_at)}
      onFinish={submit}
    >
      <Form.Item name="title" label={t("breaches.name")} rules={[{ required: true, message: "" }]}>
        <Input maxLength={200} />
      </Form.Item>
      <div className={styles.two}>
        {(["discovered_at", "occurred_at"] as const).map((name) => (
          <Form.Item key={name} name={name} label={t(`breaches.${name}`)}>
            <DatePicker showTime={{ format: "HH:mm" }} style={{ width: "100%" }} />
          </Form.Item>
        ))}
      </div>
      {WORDS.map((name) => (
        <Form.Item key={name} name={name} label={t(`breaches.${name}`)}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={name === "contact" ? 1000 : 4000} />
        </Form.Item>
      ))}
      <h3>{t("breaches.affected")}</h3>
      <Form.Item name="object_key" label={t("breaches.object")}>
        <Select
          allowClear
          options={reachable.map((each) => ({ value: each.key, label: label(each.label) }))}
          onChange={() => setFilter(null)}
        />
      </Form.Item>
      {object && (
        <Form.Item>
          <FilterBuilder key={object.key} object={object} filter={filter} onChange={setFilter} />
        </Form.Item>
      )}
      <div className={styles.two}>
        {(["authority", "persons"] as const).map((who) => (
          <div key={who}>
            <Form.Item name={`${who}_at`} label={t(`breaches.${who}_at`)}>
              <DatePicker showTime={{ format: "HH:mm" }} style={{ width: "100%" }} />
            </Form.Item>
            <Form.Item name={`${who}_reason`} label={t(`breaches.${who}_reason`)}>
              <Input.TextArea rows={2} maxLength={2000} />
            </Form.Item>
          </div>
        ))}
      </div>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {desk("save")}
      </Button>
    </Form>
  );
}
