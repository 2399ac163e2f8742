import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Drawer, Select, Skeleton } from "antd";
import { useState } from "react";
import { keys, useSchema } from "@/api";
import { useLabel } from "@/i18n";
import { problemText, useProblem } from "@/kit";
import {
  conversionTypes,
  type Design,
  type DesignField,
  previewConversion,
  startConversion,
  useFieldKinds,
  useShaping,
} from "../design";
import { useT } from "../locales";
import { UsageList } from "../UsageList";
import { ConfigPart } from "./ConfigPart";
import { ConversionResult } from "./ConversionResult";
import styles from "./fields.module.css";

interface Props {
  design: Design;
  field: DesignField;
  onClose: () => void;
}

/** Another type for a field that holds values: first what becomes of them, then the work in the background. */
export function TypeChange({ design, field, onClose }: Props) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const kinds = useFieldKinds();
  const { objects } = useSchema();
  const [type, setType] = useState<string>();
  const [config, setConfig] = useState<Record<string, unknown>>({});
  const [target, setTarget] = useState(field.target ?? undefined);
  const [detach, setDetach] = useState(false);
  const [started, setStarted] = useState(false);
  const types = useQuery({
    queryKey: [...keys.schema, "conversions", design.key, field.key],
    queryFn: async () => (await conversionTypes(design.key, field.key)).data,
  });
  const links = types.data?.find((each) => each.type === type)?.links ?? false;
  const body = { type, config, ...(links ? { target } : {}) };
  const preview = useQuery({
    queryKey: [...keys.schema, "conversion", design.key, field.key, body],
    queryFn: () => previewConversion(design.key, field.key, body),
    // Once it is under way the field is no longer what the question was about.
    enabled: type !== undefined && type !== field.type && !started && (!links || target !== undefined),
    retry: false,
  });
  const start = useShaping(() =>
    startConversion(design.key, field.key, design.version, {
      ...body,
      detach,
      ...(preview.data?.options ? { options: preview.data.options } : {}),
    }),
  );
  const now = kinds.data?.find((kind) => kind.type === field.declared);
  const seen = preview.data;
  const lost = seen?.counts.lost ?? 0;
  const stuck = seen?.usages.filter((usage) => !usage.detachable) ?? [];
  const blocked = !seen || stuck.length > 0 || (seen.usages.length > 0 && !detach);
  const submit = () => {
    setStarted(true);
    start.mutate(undefined, {
      onSuccess: () => {
        message.info(t("convert.started"));
        onClose();
      },
      onError: (error) => {
        setStarted(false);
        say(error);
      },
    });
  };
  return (
    <Drawer
      open
      size="min(100vw, 560px)"
      title={t("convert.title", { name: label(field.label) })}
      onClose={onClose}
      footer={
        <div className={styles.buttons}>
          <Button
            type="primary"
            danger={lost > 0 || Boolean(seen?.loses)}
            disabled={blocked}
            loading={start.isPending}
            onClick={submit}
          >
            {lost > 0 ? t("convert.startLoss", { count: lost }) : t("convert.start")}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        <p>{t("convert.now", { type: label(now?.label, field.declared) })}</p>
        <div className={styles.item}>
          <span>{t("convert.to")}</span>
          <Select
            value={type}
            onChange={(next: string) => {
              setType(next);
              setConfig({});
            }}
            loading={types.isPending}
            showSearch={{ optionFilterProp: "label" }}
            placeholder={t("convert.choose")}
            aria-label={t("convert.to")}
            options={types.data?.map((each) => ({
              value: each.type,
              label: each.refused ? `${label(each.label)} · ${each.refused}` : label(each.label),
              disabled: each.refused !== null,
            }))}
          />
        </div>
        {links && (
          <div className={styles.item}>
            <span>{t("props.target")}</span>
            <Select
              value={target}
              onChange={setTarget}
              aria-label={t("props.target")}
              showSearch={{ optionFilterProp: "label" }}
              options={objects.map((object) => ({ value: object.key, label: label(object.label) }))}
            />
            <span className="gx-3 gx-s12">{t("convert.matching")}</span>
          </div>
        )}
        {type && (
          <ConfigPart
            type={type}
            disabled={false}
            objectKey={design.key}
            config={config}
            errors={{}}
            onChange={setConfig}
          />
        )}
        {preview.error && <Alert type="error" title={problemText(preview.error)} />}
        {type && preview.isFetching && !seen && <Skeleton active title={false} />}
        {seen?.loses && <Alert type="warning" title={seen.loses} />}
        {seen && <ConversionResult object={design.key} preview={seen} />}
        {seen && seen.usages.length > 0 && (
          <Alert
            type="warning"
            title={stuck.length ? t("usage.cannot") : t("convert.usages")}
            description={
              <>
                <UsageList usages={stuck.length ? stuck : seen.usages} />
                {stuck.length === 0 && (
                  <Checkbox checked={detach} onChange={(event) => setDetach(event.target.checked)}>
                    {t("convert.detach")}
                  </Checkbox>
                )}
              </>
            }
          />
        )}
        {seen && <p className="gx-3 gx-s12">{t("convert.body")}</p>}
      </div>
    </Drawer>
  );
}
