// biome-ignore-all lint/a11y/noLabelWithoutControl: the select inside is the control
import { Button, Select } from "antd";
import { useState } from "react";
import type { ImportJob, ImportMapping, ObjectSchema } from "@/api/types";
import { useProblem } from "@/kit";
import { useT } from "../messages";
import styles from "../transfer.module.css";
import type { ImportMutations } from "../useImport";
import { MappingTable } from "./MappingTable";
import { ModeChoice } from "./ModeChoice";
import { suggestTitle, TitleChoice, wantsTitle } from "./TitleChoice";

interface Props {
  object: ObjectSchema;
  job: ImportJob;
  mutations: ImportMutations;
  onPreview: () => void;
}

const ENCODINGS = ["utf-8", "gb18030", "utf-16", "big5", "windows-1252"];
const SEPARATORS: [string, "comma" | "semicolon" | "tab" | "pipe"][] = [
  [",", "comma"],
  [";", "semicolon"],
  ["\t", "tab"],
  ["|", "pipe"],
];
const PLAIN = ["^", "~", ":", "，", "；"];

/** Which column is which field. Guesses stand with their confidence; a person has the last word. */
export function MapStep({ object, job, mutations, onPreview }: Props) {
  const t = useT();
  const say = useProblem();
  const [mapping, setMapping] = useState<ImportMapping>(job.mapping);
  const [title, setTitle] = useState(() => job.options.title ?? suggestTitle(object, job));
  const { patch, preview } = mutations;
  const unnamed = wantsTitle(object, mapping);
  const reread = (change: { encoding?: string; separator?: string; sheet?: string }) =>
    patch.mutate(change, { onSuccess: (next) => setMapping(next.mapping), onError: (error) => say(error) });
  const forward = async () => {
    try {
      await patch.mutateAsync({ mapping, options: { title: unnamed && title.trim() ? title.trim() : null } });
      await preview.mutateAsync();
      onPreview();
    } catch (error) {
      say(error);
    }
  };
  const named = SEPARATORS.map(([value, name]) => ({ value, label: t(`map.${name}`) as string }));
  const plain = [...new Set([...PLAIN, job.separator ?? ","])].filter(
    (one) => !named.some((each) => each.value === one),
  );
  const separators = [...named, ...plain.map((value) => ({ value, label: value }))];
  const mapped = Object.values(mapping).filter(Boolean).length;
  return (
    <>
      <div className={styles.body}>
        <div className={styles.reading}>
          {job.sheets && job.sheets.length > 1 && (
            <label>
              {t("map.sheet")}
              <Select
                size="small"
                value={job.sheet}
                onChange={(sheet) => reread({ sheet: sheet ?? undefined })}
                options={job.sheets.map((value) => ({ value, label: value }))}
                popupMatchSelectWidth={false}
              />
            </label>
          )}
          {job.encoding && !job.sheets?.length && (
            <>
              <label>
                {t("map.encoding")}
                <Select
                  size="small"
                  value={job.encoding}
                  onChange={(encoding) => reread({ encoding })}
                  options={[...new Set([job.encoding, ...ENCODINGS])].map((value) => ({
                    value,
                    label: value.toUpperCase(),
                  }))}
                  popupMatchSelectWidth={false}
                />
              </label>
              <label>
                {t("map.separator")}
                <Select
                  size="small"
                  value={job.separator ?? ","}
                  onChange={(separator) => reread({ separator })}
                  options={separators}
                  popupMatchSelectWidth={false}
                />
              </label>
            </>
          )}
        </div>
        <MappingTable object={object} job={job} mapping={mapping} titled={title.trim() !== ""} onChange={setMapping} />
        {unnamed && <TitleChoice object={object} job={job} value={title} onChange={setTitle} />}
        <ModeChoice
          object={object}
          job={job}
          mapping={mapping}
          onChange={(options) => patch.mutate({ options }, { onError: (error) => say(error) })}
        />
      </div>
      <footer className={styles.foot}>
        <span className="gx-3 gx-s12">{t("map.mapped", { n: mapped, total: job.columns.length })}</span>
        <span className={styles.grow} />
        <Button
          type="primary"
          disabled={mapped === 0}
          loading={patch.isPending || preview.isPending || job.status === "previewing"}
          onClick={() => void forward()}
        >
          {t("map.preview")}
        </Button>
      </footer>
    </>
  );
}
