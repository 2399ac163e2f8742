import { Button } from "antd";
import { CalendarCheck, Layers, MessageCircleQuestionMark } from "lucide-react";
import type { ReactNode } from "react";
import { currentLocale, switchLocale } from "@/i18n";
import { Icon, Seal, usePageTitle } from "@/kit";
import styles from "./access.module.css";
import { accessMessages } from "./locales";

interface Props {
  title: string;
  body?: ReactNode;
  children?: ReactNode;
  foot?: ReactNode;
}

/** The page before the door: what this is on the left, one thing to do on the right. */
export function AccessLayout({ title, body, children, foot }: Props) {
  const t = accessMessages.useT();
  usePageTitle(title);
  const points = [
    { icon: CalendarCheck, text: t("points.today") },
    { icon: Layers, text: t("points.shared") },
    { icon: MessageCircleQuestionMark, text: t("points.why") },
  ];
  return (
    <div className={styles.page}>
      <aside className={styles.aside}>
        <div className={styles.brand}>
          <Seal large />
          <span>{t("brand")}</span>
        </div>
        <p className={styles.tagline}>{t("tagline")}</p>
        <ul>
          {points.map((point) => (
            <li key={point.text}>
              <Icon as={point.icon} size={18} />
              {point.text}
            </li>
          ))}
        </ul>
      </aside>
      <main className={styles.main}>
        <div className={styles.bar}>
          <Button
            type="text"
            onClick={() => void switchLocale(currentLocale() === "en" ? "zh-CN" : "en")}
            lang={currentLocale() === "en" ? "zh-CN" : "en"}
          >
            {t("language")}
          </Button>
        </div>
        <div className={styles.box}>
          <h1>{title}</h1>
          {body && <p className={styles.body}>{body}</p>}
          {children}
          {foot && <div className={styles.foot}>{foot}</div>}
        </div>
      </main>
    </div>
  );
}
