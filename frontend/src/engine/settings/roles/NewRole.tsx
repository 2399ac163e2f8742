import { Form, Input, Modal, Select, Skeleton } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Label } from "@/api/types";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { useT } from "./messages";
import { type RoleInfo, useRoleChanges, useRoles, useRoleTemplates } from "./queries";
import styles from "./roles.module.css";

interface Choice {
  id: string;
  name: Label | null;
  title: string;
  note: string;
  from: { note?: Label; template?: string; copy_of?: string };
}

const EMPTY = "empty";

/** A role from a template or as a copy of another; its cells are set on its page afterwards. */
export function NewRole({ copyOf, onClose }: { copyOf?: RoleInfo; onClose: () => void }) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ name: Label }>();
  const templates = useRoleTemplates();
  const roles = useRoles();
  const { create } = useRoleChanges();
  const copies = (copyOf ? [copyOf] : (roles.data ?? []).filter((role) => role.key !== "limited")).map(
    (role): Choice => ({
      id: `copy:${role.key}`,
      name: { "zh-CN": `${role.name["zh-CN"]}（副本）`, en: `${role.name.en || role.name["zh-CN"]} (copy)` },
      title: label(role.name),
      note: label(role.note),
      from: { copy_of: role.key, note: role.note },
    }),
  );
  const made = (templates.data ?? []).map(
    (each): Choice => ({
      id: `template:${each.key}`,
      name: each.name,
      title: label(each.name),
      note: label(each.note),
      from: { template: each.key, note: each.note },
    }),
  );
  const empty: Choice = { id: EMPTY, name: null, title: t("from_nothing"), note: t("from_nothing_note"), from: {} };
  const [chosen, setChosen] = useState<Choice | null>(copyOf ? (copies[0] ?? null) : null);
  const choose = (choice: Choice) => {
    setChosen(choice);
    form.setFieldsValue({ name: choice.name ?? { "zh-CN": "", en: "" } });
  };
  return (
    <Modal
      open
      title={copyOf ? t("copy") : t("new")}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("create")}
      cancelText={t("cancel")}
      okButtonProps={{ loading: create.isPending, disabled: chosen === null }}
      width={copyOf ? 460 : 640}
    >
      {!copyOf && !templates.data && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {!copyOf && templates.data && (
        <>
          <fieldset className={styles.choices}>
            <legend>{t("from_template")}</legend>
            {[...made, empty].map((choice) => (
              <label key={choice.id} data-chosen={choice.id === chosen?.id}>
                <input type="radio" name="start" checked={choice.id === chosen?.id} onChange={() => choose(choice)} />
                <span>
                  <b>{choice.title}</b>
                  <span className="gx-3 gx-s12">{choice.note}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <Select
            className={styles.copyOf}
            placeholder={t("from_copy")}
            aria-label={t("from_copy")}
            value={chosen?.from.copy_of ? chosen.id : null}
            onChange={(id: string) => {
              const found = copies.find((choice) => choice.id === id);
              if (found) choose(found);
            }}
            options={copies.map((choice) => ({ value: choice.id, label: choice.title }))}
          />
        </>
      )}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        className={styles.names}
        initialValues={{ name: chosen?.name ?? { "zh-CN": "", en: "" } }}
        onFinish={({ name }) =>
          create.mutate(
            { name, ...chosen?.from },
            {
              onSuccess: (role) => {
                onClose();
                navigate(`/settings/roles/${role.key}`);
              },
              onError: (error) => say(error),
            },
          )
        }
      >
        <Form.Item
          name={["name", "zh-CN"]}
          label={t("name_zh")}
          rules={[{ required: true, whitespace: true, message: t("required") }]}
        >
          <Input maxLength={60} autoFocus={Boolean(copyOf)} />
        </Form.Item>
        <Form.Item name={["name", "en"]} label={t("name_en")}>
          <Input maxLength={60} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
