import { Button, Form, Select } from "antd";
import { Plus, X } from "lucide-react";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { useT } from "./messages";
import styles from "./privacy.module.css";

/** Which data a purpose is about: objects, and fields of theirs. */
export function DataList() {
  const t = useT();
  const label = useLabel();
  const { objects, byKey } = useSchema();
  const form = Form.useFormInstance();
  const data: { object?: string }[] | undefined = Form.useWatch("data", form);
  return (
    <Form.List name="data">
      {(rows, { add, remove }) => (
        <div>
          {rows.map(({ key, name }) => (
            <div key={key} className={styles.row}>
              <Form.Item name={[name, "object"]} noStyle>
                <Select
                  aria-label={t("register.data_object")}
                  placeholder={t("register.data_object")}
                  options={objects.map((each) => ({ value: each.key, label: label(each.label) }))}
                  onChange={() => form.setFieldValue(["data", name, "fields"], [])}
                />
              </Form.Item>
              <Form.Item name={[name, "fields"]} noStyle>
                <Select
                  mode="multiple"
                  maxTagCount="responsive"
                  showSearch={{ optionFilterProp: "label" }}
                  aria-label={t("register.data_fields")}
                  placeholder={t("register.data_fields")}
                  options={byKey
                    .get(data?.[name]?.object ?? "")
                    ?.fields.map((field) => ({ value: field.key, label: label(field.label) }))}
                />
              </Form.Item>
              <Button
                type="text"
                icon={<Icon as={X} size={14} />}
                aria-label={t("remove")}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Button size="small" icon={<Icon as={Plus} size={14} />} onClick={() => add({ fields: [] })}>
            {t("add")}
          </Button>
        </div>
      )}
    </Form.List>
  );
}
