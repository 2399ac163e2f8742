import { Skeleton } from "antd";
import { useParams } from "react-router";
import { useLabel } from "@/i18n";
import { useFormat } from "@/kit";
import styles from "./consent.module.css";
import { useT } from "./messages";
import { blocksOf } from "./model";
import { PublicSheet } from "./PublicSheet";
import { usePublicNotice } from "./queries";

/** A notice as anybody reads it: the version in force, what it covers, and earlier ones. */
export function NoticePage() {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const { token = "" } = useParams();
  const { data, isError } = usePublicNotice(token);
  if (isError) {
    return (
      <PublicSheet title={t("dead")}>
        <p className="gx-2">{t("dead_body")}</p>
      </PublicSheet>
    );
  }
  if (!data) {
    return (
      <PublicSheet title="">
        <Skeleton active />
      </PublicSheet>
    );
  }
  const older = data.versions.filter((version) => version.number < data.number);
  return (
    <PublicSheet title={label(data.title)}>
      <p className="gx-3">
        {data.company} · {t("effective", { at: format.date(data.effective_from), n: data.number })}
      </p>
      <Body text={label(data.body)} />
      <h2>{t("covers")}</h2>
      <ul className={styles.items}>
        {data.purposes.map((purpose) => (
          <li key={label(purpose.name)}>
            <b>{label(purpose.name)}</b> <span className="gx-3">{label(purpose.basis)}</span>
            <div className="gx-2">{label(purpose.description)}</div>
          </li>
        ))}
      </ul>
      {older.length > 0 && (
        <>
          <h2>{t("older")}</h2>
          {older.map((version) => (
            <details key={version.number}>
              <summary>
                {t("effective", { at: format.date(version.effective_from), n: version.number })}
                {version.change_note && ` · ${version.change_note}`}
              </summary>
              <Body text={label(version.body)} />
            </details>
          ))}
        </>
      )}
    </PublicSheet>
  );
}

function Body({ text }: { text: string }) {
  return (
    <div className={styles.body}>
      {blocksOf(text).map((block, i) => {
        const key = `${i}${block.kind}`;
        if (block.kind === "heading") return <h2 key={key}>{block.text}</h2>;
        return block.kind === "item" ? (
          <ul key={key}>
            <li>{block.text}</li>
          </ul>
        ) : (
          <p key={key}>{block.text}</p>
        );
      })}
    </div>
  );
}
