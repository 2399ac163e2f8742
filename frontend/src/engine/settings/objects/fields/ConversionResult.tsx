import { Link } from "react-router";
import { Chip, type Tone, useFormat } from "@/kit";
import type { ConversionExample, ConversionPreview } from "../design";
import { useT } from "../locales";
import styles from "./fields.module.css";

const OUTCOMES = ["lost", "changed", "kept"] as const;
const TONES: Record<(typeof OUTCOMES)[number], Tone> = { lost: "bad", changed: "warn", kept: "ok" };
const SHOWN = { lost: 12, changed: 6, kept: 3 };

/** What a conversion would do: how many of each, and examples that open their records. */
export function ConversionResult({ object, preview }: { object: string; preview: ConversionPreview }) {
  const t = useT();
  const format = useFormat();
  const { counts, examples } = preview;
  if (counts.kept + counts.changed + counts.lost === 0) return <p>{t("convert.nothing")}</p>;
  const rows = OUTCOMES.flatMap((outcome) =>
    examples[outcome].slice(0, SHOWN[outcome]).map((example) => ({ outcome, example })),
  );
  const settings = preview.drops.map((name) => t(DROPS[name as keyof typeof DROPS] ?? "props.defaultValue"));
  return (
    <>
      <ul className={styles.figures}>
        {(["kept", "changed", "lost"] as const).map((outcome) => (
          <li key={outcome}>
            <b>{format.number(counts[outcome])}</b>
            <Chip tone={TONES[outcome]}>{t(`convert.${outcome}`)}</Chip>
          </li>
        ))}
      </ul>
      <p className="gx-3 gx-s12">
        {t(preview.exact ? "convert.exact" : "convert.sample")}
        {preview.options && ` · ${t("convert.options", { count: preview.options.length })}`}
        {settings.length > 0 && ` · ${t("convert.drops", { names: format.list(settings) })}`}
      </p>
      <table className={styles.examples}>
        <thead>
          <tr>
            <th>{t("convert.from")}</th>
            <th>{t("convert.becomes")}</th>
            <th>{t("convert.examples")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ outcome, example }) => (
            <Row key={`${outcome}${example.record}`} object={object} example={example} />
          ))}
        </tbody>
      </table>
    </>
  );
}

const DROPS = {
  unique: "props.unique",
  searchable: "props.searchable",
  indexed: "props.indexed",
  default: "props.defaultValue",
} as const;

function Row({ object, example }: { object: string; example: ConversionExample }) {
  const t = useT();
  return (
    <tr>
      <td>{example.from}</td>
      <td>
        {example.to}
        {example.to && example.reason && <br />}
        {(example.reason || !example.to) && <span className="gx-bad">{example.reason ?? t("convert.empty")}</span>}
      </td>
      <td>
        <Link to={`/o/${object}/${example.record}`}>{example.title}</Link>
        {example.count > 1 && <span className="gx-3"> ×{example.count}</span>}
      </td>
    </tr>
  );
}
