import { move } from "@dnd-kit/helpers";
import { DragDropProvider } from "@dnd-kit/react";
import { App, Button, Drawer, Input } from "antd";
import { Plus } from "lucide-react";
import { useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { Icon, useProblem } from "@/kit";
import { useSaveRuling } from "../rules/queries";
import {
  changed,
  draftOf,
  type LayoutDraft,
  type LayoutRow,
  PALETTE,
  toBody,
  toggled,
  withoutSection,
  withSection,
  withTab,
} from "./draft";
import { LayoutPreview } from "./LayoutPreview";
import { LayoutScope } from "./LayoutScope";
import styles from "./layouts.module.css";
import { layoutsMessages } from "./messages";
import { Palette } from "./Palette";
import { SectionCard } from "./SectionCard";

interface Props {
  object: ObjectSchema;
  /** The layout being changed, or what a new one starts as. */
  row: LayoutRow | null;
  start: LayoutDraft;
  onClose: () => void;
}

/** Fields dragged into sections, with what comes of it beside them. */
export function LayoutEditor({ object, row, start, onClose }: Props) {
  const t = layoutsMessages.useT();
  const say = useProblem();
  const { message } = App.useApp();
  const save = useSaveRuling<LayoutRow>(object.key, "layouts");
  const [draft, setDraft] = useState(() => (row ? draftOf(object, row) : start));
  const ready = Boolean(draft.name["zh-CN"].trim() || draft.name.en.trim());
  const submit = () =>
    save.mutate(
      { id: row?.id, version: row?.version, body: toBody(draft) },
      {
        onSuccess: () => {
          message.success(t("saved"));
          onClose();
        },
        onError: (error) => say(error),
      },
    );
  const toggle = (field: string) => setDraft((before) => toggled(before, field));
  return (
    <Drawer
      open
      onClose={onClose}
      title={t(row ? "edit" : "new")}
      size="100%"
      destroyOnHidden
      footer={
        <div className={styles.footer}>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="primary" onClick={submit} loading={save.isPending} disabled={!ready}>
            {t("save")}
          </Button>
        </div>
      }
    >
      <DragDropProvider
        onDragOver={(event) => setDraft((before) => ({ ...before, fields: move(before.fields, event) }))}
      >
        <div className={styles.editor}>
          <aside className={styles.side}>
            <LayoutScope object={object} draft={draft} onChange={(patch) => setDraft((b) => ({ ...b, ...patch }))} />
            <Palette object={object} fields={draft.fields[PALETTE] ?? []} onToggle={toggle} />
          </aside>
          <div className={styles.canvas}>
            {draft.tabs.map((tab) => (
              <div key={tab.id} className={styles.tab}>
                {draft.tabs.length > 1 && (
                  <div className={styles.tabHead}>
                    {(["zh-CN", "en"] as const).map((language) => (
                      <Input
                        key={language}
                        prefix={<span className="gx-3 gx-s12">{language === "en" ? "EN" : "中"}</span>}
                        placeholder={t("tab_name")}
                        aria-label={`${t("tab_name")} ${language === "en" ? "EN" : "中"}`}
                        value={tab.label[language]}
                        maxLength={60}
                        onChange={(event) =>
                          setDraft((before) => ({
                            ...before,
                            tabs: before.tabs.map((each) =>
                              each.id === tab.id
                                ? { ...each, label: { ...each.label, [language]: event.target.value } }
                                : each,
                            ),
                          }))
                        }
                      />
                    ))}
                  </div>
                )}
                {tab.sections.map((section) => (
                  <SectionCard
                    key={section.id}
                    object={object}
                    section={section}
                    fields={draft.fields[section.id] ?? []}
                    onChange={(patch) => setDraft((before) => changed(before, section.id, patch))}
                    onRemove={() => setDraft((before) => withoutSection(before, section.id))}
                    onToggle={toggle}
                  />
                ))}
                <Button
                  type="text"
                  icon={<Icon as={Plus} size={14} />}
                  onClick={() => setDraft((before) => withSection(before, tab.id))}
                >
                  {t("add_section")}
                </Button>
              </div>
            ))}
            <Button icon={<Icon as={Plus} size={14} />} onClick={() => setDraft(withTab)}>
              {t("add_tab")}
            </Button>
          </div>
          <LayoutPreview object={object} draft={draft} />
        </div>
      </DragDropProvider>
    </Drawer>
  );
}
