import { Button } from "antd";
import { FileUp } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useObject } from "@/api";
import { Empty } from "@/kit";
import { CreateDrawer } from "./CreateDrawer";
import { workbenchMessages } from "./locales";
import { useTop } from "./queries";
import styles from "./workbench.module.css";

const ANY = { field: "created_at", op: "is_not_empty" };

/** An empty workspace teaches the first step; it is gone as soon as there is one customer. */
export function StartHere() {
  const t = workbenchMessages.useT();
  const navigate = useNavigate();
  const customer = useObject("customer");
  const [creating, setCreating] = useState(false);
  const { data } = useTop("customer", { filter: ANY, limit: 1 }, customer !== undefined);
  if (!customer || !data || data.data.length > 0) return null;
  return (
    <section className={styles.start}>
      <Empty
        icon={FileUp}
        title={t("start.title")}
        actions={
          <>
            {customer.can.import && (
              <Button type="primary" onClick={() => void navigate("/o/customer/import")}>
                {t("start.import")}
              </Button>
            )}
            {customer.can.create && <Button onClick={() => setCreating(true)}>{t("start.create")}</Button>}
          </>
        }
      >
        {t("start.body")}
      </Empty>
      {creating && <CreateDrawer object="customer" onClose={() => setCreating(false)} />}
    </section>
  );
}
