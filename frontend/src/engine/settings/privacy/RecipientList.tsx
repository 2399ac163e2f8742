import { Button, Form, Input } from "antd";
import { Plus, X } from "lucide-react";
import { Icon } from "@/kit";
import { useT } from "./messages";
import styles from "./privacy.module.css";

/** Who is given the data, where they are, why, and how they are reached (PIPL art. 21, 23). */
export function RecipientList() {
  const t = useT();
  return (
    <Form.List name="recipients">
      {(rows, { add, remove }) => (
        <div>
          {rows.map(({ key, name }) => (
            <div key={key} className={styles.recipient}>
              {(["name", "place"] as const).map((part) => (
                <Form.Item key={part} name={[name, part]} noStyle>
                  <Input
                    maxLength={part === "name" ? 120 : 60}
                    aria-label={t(`register.recipient_${part}`)}
                    placeholder={t(`register.recipient_${part}`)}
                  />
                </Form.Item>
              ))}
              <Button
                type="text"
                icon={<Icon as={X} size={14} />}
                aria-label={t("remove")}
                onClick={() => remove(name)}
              />
              {(["why", "contact"] as const).map((part) => (
                <Form.Item key={part} name={[name, part]} noStyle>
                  <Input
                    maxLength={200}
                    aria-label={t(`register.recipient_${part}`)}
                    placeholder={t(`register.recipient_${part}`)}
                  />
                </Form.Item>
              ))}
            </div>
          ))}
          <Button
            size="small"
            icon={<Icon as={Plus} size={14} />}
            onClick={() => add({ name: "", place: "", why: "", contact: "" })}
          >
            {t("add")}
          </Button>
        </div>
      )}
    </Form.List>
  );
}
