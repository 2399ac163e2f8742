import { App, Button, Dropdown, Skeleton, Switch } from "antd";
import { Ellipsis, Plus, Share2 } from "lucide-react";
import { useState } from "react";
import { useMe } from "@/api";
import type { ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, lazyPart, objectIcon, problemText, usePageTitle, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { useConditionWords } from "../rules/useRuleWords";
import settings from "../settings.module.css";
import { useT } from "./messages";
import { type SharingRule, useRuleChanges, useSharingRules } from "./queries";
import styles from "./sharing.module.css";
import { useReceiver } from "./useReceiver";

const RuleDrawer = lazyPart(async () => (await import("./RuleDrawer")).RuleDrawer);

/** Every sharing rule: which records, with whom, how far. */
export function SharingPage() {
  const t = useT();
  const may = useMe().areas.includes("roles");
  const rules = useSharingRules();
  const [edited, setEdited] = useState<SharingRule | "new" | null>(null);
  usePageTitle(t("page"));
  return (
    <Section
      wide
      title={t("page")}
      body={t("body")}
      action={
        may && (
          <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setEdited("new")}>
            {t("new")}
          </Button>
        )
      }
    >
      {rules.error && !rules.data && <Empty title={problemText(rules.error)} />}
      {rules.isPending && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
      {rules.data?.length === 0 && (
        <Empty icon={Share2} title={t("none")}>
          {t("none_body")}
        </Empty>
      )}
      {rules.data && rules.data.length > 0 && (
        <ul className={settings.list}>
          {rules.data.map((rule) => (
            <Row key={rule.id} rule={rule} may={may} onEdit={() => setEdited(rule)} />
          ))}
        </ul>
      )}
      {edited && <RuleDrawer rule={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}

function Which({ object, rule }: { object: ObjectSchema; rule: SharingRule }) {
  const t = useT();
  const label = useLabel();
  const words = useConditionWords(object, rule.filter);
  return <>{t("some_records", { words, name: label(object.label_plural) })}</>;
}

function Row({ rule, may, onEdit }: { rule: SharingRule; may: boolean; onEdit: () => void }) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { modal } = App.useApp();
  const { save, remove } = useRuleChanges();
  const receiver = useReceiver(rule.to_kind, rule.to);
  const object = useSchema().byKey.get(rule.object);
  const name = label(rule.name);
  const objects = object ? label(object.label_plural) : rule.object;
  const ask = () =>
    modal.confirm({
      title: t("remove_ask", { name }),
      content: t("remove_body"),
      okText: t("remove"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => remove.mutateAsync(rule.id).catch((error) => say(error)),
    });
  return (
    <li data-off={!rule.enabled}>
      <span className={styles.glyph} aria-hidden="true">
        <Icon as={objectIcon(object?.icon ?? "box")} size={16} />
      </span>
      <div className="grow" style={{ flex: 1, minWidth: 0 }}>
        <div className={styles.title}>
          {may ? (
            <button type="button" className="gx-link gx-cut" onClick={onEdit}>
              {name}
            </button>
          ) : (
            <b className="gx-cut">{name}</b>
          )}
          {rule.broken && (
            <Chip tone="bad" title={t("broken_help")}>
              {t("broken")}
            </Chip>
          )}
          {!rule.enabled && <Chip>{t("off")}</Chip>}
        </div>
        <div className="gx-2 gx-s12">
          {object && rule.filter ? <Which object={object} rule={rule} /> : t("all_records", { name: objects })}
          {" → "}
          {receiver ?? t("unknown")}
          {rule.to_kind === "team" && rule.with_below && ` (${t("with_below")})`} · {t(`levels.${rule.level}`)}
        </div>
      </div>
      {may && (
        <>
          <Switch
            size="small"
            checked={rule.enabled}
            aria-label={`${t("enabled")}: ${name}`}
            loading={save.isPending}
            onChange={(enabled) => save.mutate({ rule, body: { enabled } }, { onError: (error) => say(error) })}
          />
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                { key: "edit", label: t("edit"), onClick: onEdit },
                { key: "remove", label: t("remove"), danger: true, onClick: ask },
              ],
            }}
          >
            <Button type="text" icon={<Icon as={Ellipsis} />} aria-label={t("actions", { name })} />
          </Dropdown>
        </>
      )}
    </li>
  );
}
