import { Button, Popover } from "antd";
import { ArrowDown, ArrowUp, Eye, EyeOff, LayoutDashboard } from "lucide-react";
import { Icon } from "@/kit";
import { workbenchMessages } from "./locales";
import { useWidgets } from "./useWidgets";
import { arrangementOf, type Column, inColumn, moved, toggled, type Widget } from "./widgets";
import styles from "./workbench.module.css";

const COLUMNS: Column[] = ["main", "side"];

/** Which parts, in which order: what is changed here shows on the page at once. */
export function ArrangeButton({ available }: { available: readonly Widget[] }) {
  const t = workbenchMessages.useT();
  return (
    <Popover trigger="click" placement="bottomRight" content={<Arrange available={available} />} destroyOnHidden>
      <Button icon={<Icon as={LayoutDashboard} />} aria-label={t("arrange.title")} title={t("arrange.title")} />
    </Popover>
  );
}

function Arrange({ available }: { available: readonly Widget[] }) {
  const t = workbenchMessages.useT();
  const [arrangement, arrange] = useWidgets();
  return (
    <div className={styles.arrange} role="dialog" aria-label={t("arrange.title")}>
      {COLUMNS.map((column) => {
        const widgets = inColumn(arrangement, column).filter((widget) => available.includes(widget));
        return (
          <section key={column}>
            <h3>{t(`arrange.${column}`)}</h3>
            <ul>
              {widgets.map((widget, index) => {
                const name = t(`${widget}.title`);
                const hidden = arrangement.hidden.includes(widget);
                return (
                  <li key={widget} data-hidden={hidden || undefined}>
                    <span>{name}</span>
                    <Button
                      type="text"
                      icon={<Icon as={ArrowUp} size={14} />}
                      aria-label={t("arrange.up", { name })}
                      disabled={index === 0}
                      onClick={() => arrange(moved(arrangement, widget, -1))}
                    />
                    <Button
                      type="text"
                      icon={<Icon as={ArrowDown} size={14} />}
                      aria-label={t("arrange.down", { name })}
                      disabled={index === widgets.length - 1}
                      onClick={() => arrange(moved(arrangement, widget, 1))}
                    />
                    <Button
                      type="text"
                      icon={<Icon as={hidden ? EyeOff : Eye} size={14} />}
                      aria-label={t(hidden ? "arrange.show" : "arrange.hide", { name })}
                      aria-pressed={!hidden}
                      onClick={() => arrange(toggled(arrangement, widget))}
                    />
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
      <Button type="text" size="small" onClick={() => arrange(arrangementOf(undefined))}>
        {t("arrange.reset")}
      </Button>
    </div>
  );
}
