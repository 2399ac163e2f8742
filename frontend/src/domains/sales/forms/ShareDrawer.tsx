import { Drawer, Input } from "antd";
import { useEffect, useRef, useState } from "react";
import { CopyButton } from "@/engine/settings/parts/CopyButton";
import { useIsPhone } from "@/kit";
import styles from "./forms.module.css";
import { useT } from "./messages";
import { embedCode, type WebForm } from "./model";

/** A form's link, the code that embeds it, and the page as visitors see it. */
export function ShareDrawer({ form, onClose }: { form: WebForm; onClose: () => void }) {
  const t = useT();
  const phone = useIsPhone();
  const code = embedCode(form.url);
  return (
    <Drawer open onClose={onClose} title={form.name} size={phone ? "100%" : 680} destroyOnHidden>
      <div className={styles.share}>
        <section>
          <div className={styles.head}>
            <h3>{t("link")}</h3>
            <CopyButton text={form.url}>{t("copy")}</CopyButton>
          </div>
          <Input readOnly value={form.url} aria-label={t("link")} />
        </section>
        <section>
          <div className={styles.head}>
            <h3>{t("code")}</h3>
            <CopyButton text={code}>{t("copy")}</CopyButton>
          </div>
          <p className="gx-3 gx-s12">{t("code_hint")}</p>
          <Input.TextArea readOnly rows={4} value={code} aria-label={t("code")} className={styles.code} />
        </section>
        <section>
          <h3>{t("preview")}</h3>
          {form.enabled ? <Preview form={form} /> : <p className="gx-3 gx-s13">{t("preview_off")}</p>}
        </section>
      </div>
    </Drawer>
  );
}

/** The real page in a frame; its path alone, so that it is our own whatever address we are reached by. */
function Preview({ form }: { form: WebForm }) {
  const t = useT();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(420);
  useEffect(() => {
    const hear = (event: MessageEvent) => {
      const told: unknown = event.data?.guanxiForm;
      if (event.source === frame.current?.contentWindow && typeof told === "number") setHeight(told);
    };
    addEventListener("message", hear);
    return () => removeEventListener("message", hear);
  }, []);
  return (
    <iframe
      ref={frame}
      key={form.version}
      className={styles.frame}
      title={t("preview")}
      src={new URL(form.url).pathname}
      style={{ height }}
    />
  );
}
