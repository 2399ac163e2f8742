import { Drawer } from "antd";
import { MousePointerClick } from "lucide-react";
import { Empty, useMediaQuery } from "@/kit";
import type { Design, DesignField } from "../design";
import { useT } from "../locales";
import styles from "./fields.module.css";
import { PropertiesForm } from "./PropertiesForm";

interface Props {
  design: Design;
  field: DesignField | null;
  isNew: boolean;
  onClose: () => void;
  onCreated: (key: string) => void;
}

/** The chosen field's settings: beside the canvas, over it where there is no room. */
export function Properties({ field, ...rest }: Props) {
  const t = useT();
  const narrow = useMediaQuery("(max-width: 1023px)");
  if (narrow)
    return (
      <Drawer
        open={field !== null}
        onClose={rest.onClose}
        title={t("props.title")}
        size="min(100vw, 400px)"
        destroyOnHidden
      >
        {field && <PropertiesForm field={field} {...rest} />}
      </Drawer>
    );
  return (
    <aside className={styles.props} aria-label={t("props.title")}>
      {field ? (
        <PropertiesForm field={field} {...rest} />
      ) : (
        <Empty icon={MousePointerClick} title={t("props.none")}>
          {t("canvas.hint")}
        </Empty>
      )}
    </aside>
  );
}
