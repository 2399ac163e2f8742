import { App, Button, Drawer, Form, Input, Select, Skeleton, Switch } from "antd";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { useT } from "./messages";
import type { Draft, Notice } from "./model";
import { NoticeVersions } from "./NoticeVersions";
import { PairField } from "./PairField";
import { PublishDialog } from "./PublishDialog";
import styles from "./privacy.module.css";
import { useNotice, usePurposes, useRemove, useSave } from "./queries";

interface Props {
  id: string | undefined;
  onMade: (id: string) => void;
  onClose: () => void;
}

interface Values {
  name: string;
  retired?: boolean;
  draft: Draft;
}

/** A notice: its draft to write on, and below it what was published. */
export function NoticeDrawer({ id, onMade, onClose }: Props) {
  const t = useT();
  const { data, isPending } = useNotice(id);
  const [form] = Form.useForm<Values>();
  const [changed, setChanged] = useState(!id);
  const [publishing, setPublishing] = useState(false);
  const say = useProblem();
  const { message, modal } = App.useApp();
  const save = useSave<Values, Notice>("/privacy/notices");
  const remove = useRemove("/privacy/notices");
  const submit = (values: Values) =>
    save.mutate(
      { id, version: data?.version, body: values },
      {
        onSuccess: (row) => {
          message.success(t("saved"));
          setChanged(false);
          if (!id) onMade(row.id);
        },
        onError: (error) => say(error, form),
      },
    );
  const ask = () =>
    modal.confirm({
      title: t("delete_ask", { name: data?.name ?? "" }),
      icon: null,
      okText: t("delete"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => remove.mutateAsync(id ?? "").then(onClose, say),
    });
  return (
    <Drawer
      open
      size={760}
      title={data?.name ?? t("notices.new")}
      onClose={onClose}
      footer={
        <div className={styles.actions}>
          <Button type={changed ? "primary" : "default"} loading={save.isPending} onClick={() => form.submit()}>
            {t("save")}
          </Button>
          {data && (
            <Button
              type={changed ? "default" : "primary"}
              disabled={changed}
              title={changed ? t("notices.save_first") : undefined}
              onClick={() => setPublishing(true)}
            >
              {t("notices.publish")}
            </Button>
          )}
          {data && data.published === 0 && (
            <Button danger type="text" onClick={ask}>
              {t("delete")}
            </Button>
          )}
        </div>
      }
    >
      {id && isPending ? (
        <Skeleton active />
      ) : (
        <Form
          form={form}
          key={data?.id ?? "new"}
          layout="vertical"
          className={styles.form}
          initialValues={data ?? { draft: { purposes: [] } }}
          onValuesChange={() => setChanged(true)}
          onFinish={submit}
        >
          <NoticeFields notice={data} />
        </Form>
      )}
      {data && data.versions.length > 0 && <NoticeVersions notice={data} />}
      {data && publishing && <PublishDialog notice={data} onClose={() => setPublishing(false)} />}
    </Drawer>
  );
}

function NoticeFields({ notice }: { notice: Notice | undefined }) {
  const t = useT();
  const label = useLabel();
  const { data } = usePurposes();
  const options = data?.data
    .filter((row) => !row.retired || notice?.draft.purposes.includes(row.id))
    .map((row) => ({ value: row.id, label: label(row.name) }));
  return (
    <>
      <Form.Item name="name" label={t("notices.name")} rules={[{ required: true, whitespace: true, message: "" }]}>
        <Input maxLength={120} />
      </Form.Item>
      <h3>{t("notices.draft")}</h3>
      <PairField name={["draft", "title"]} label={t("notices.doc_title")} max={200} />
      <PairField
        name={["draft", "body"]}
        label={t("notices.doc_body")}
        hint={t("notices.doc_body_hint")}
        rows={14}
        max={60_000}
      />
      <Form.Item name={["draft", "purposes"]} label={t("notices.purposes")}>
        <Select mode="multiple" options={options} showSearch={{ optionFilterProp: "label" }} />
      </Form.Item>
      {notice && notice.published > 0 && (
        <Form.Item name="retired" label={t("notices.retire")} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
    </>
  );
}
