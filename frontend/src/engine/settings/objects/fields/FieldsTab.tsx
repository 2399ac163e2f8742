/**
 * Fields in their sections: a palette of types on the left, the canvas, the properties of what is chosen on the right.
 * What is dragged is saved at once; properties are saved together, by a button.
 */
import { move } from "@dnd-kit/helpers";
import { DragDropProvider } from "@dnd-kit/react";
import { App } from "antd";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { isProblem } from "@/api";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { type Placed, placedOf, sameOrder, stepped, toBody } from "../arrangement";
import { arrange, type DesignField, type FieldKind, useShaping } from "../design";
import { useT } from "../locales";
import type { ObjectTabProps } from "../tabs";
import { Canvas } from "./Canvas";
import styles from "./fields.module.css";
import { isListed, newField } from "./new-field";
import { NEW, Palette } from "./Palette";
import { Properties } from "./Properties";

type Sections = Parameters<typeof toBody>[0];

export function FieldsTab({ design }: ObjectTabProps) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const [search, setSearch] = useSearchParams();
  const [placed, setPlaced] = useState<Placed>(() => placedOf(design));
  const [draft, setDraft] = useState<DesignField | null>(null);
  const arrangement = useShaping(({ sections, next }: { sections: Sections; next: Placed }) =>
    arrange(design.key, design.version, toBody(sections, next)),
  );
  // What the server says wins, unless one is in the middle of a change that it does not know yet.
  useEffect(() => setPlaced(placedOf(design)), [design]);

  const selected = draft ?? design.fields.find((field) => field.key === search.get("field")) ?? null;
  const select = (key: string | null) => {
    setDraft(null);
    setSearch(key ? { field: key } : {}, { replace: true });
  };
  const begin = (kind: FieldKind, section?: string) => {
    const where = section ?? selected?.section ?? design.sections.find((each) => each.key !== "system")?.key ?? "basic";
    setSearch({}, { replace: true });
    setDraft(newField(kind, label(kind.label), where, isListed(kind, design)));
  };
  const saveWith = (sections: Sections, next: Placed = placed) => {
    setPlaced(next);
    arrangement.mutate(
      { sections, next },
      {
        onSuccess: () => message.success({ content: t("canvas.saved"), key: "arranged", duration: 1.5 }),
        onError: (error) => {
          setPlaced(placedOf(design));
          if (isProblem(error) && error.errors[0]) message.error(error.errors[0].message);
          else say(error);
        },
      },
    );
  };
  const step = (key: string, by: 1 | -1) => {
    const next = stepped(
      placed,
      design.sections.map((section) => section.key),
      key,
      by,
    );
    if (!sameOrder(next, placed)) saveWith(design.sections, next);
  };
  return (
    <DragDropProvider
      onDragOver={(event) => {
        if (!isNew(event.operation.source?.id)) setPlaced((before) => move(before, event));
      }}
      onDragEnd={(event) => {
        const { source, target } = event.operation;
        if (event.canceled) return setPlaced(placedOf(design));
        if (!isNew(source?.id)) {
          if (!sameOrder(placed, placedOf(design))) saveWith(design.sections);
          return;
        }
        const over = String(target?.id ?? "");
        const section = placed[over] ? over : Object.keys(placed).find((key) => placed[key]?.includes(over));
        if (section) begin(source?.data.kind as FieldKind, section);
      }}
    >
      <div className={styles.board} data-open={selected !== null}>
        <Palette onPick={begin} />
        <Canvas
          design={design}
          placed={placed}
          selected={selected}
          draft={draft}
          busy={arrangement.isPending}
          onSelect={select}
          onStep={step}
          onSections={saveWith}
        />
        <Properties
          key={draft ? `new:${draft.type}:${draft.position}` : (selected?.key ?? "")}
          design={design}
          field={selected}
          isNew={draft !== null}
          onClose={() => select(null)}
          onCreated={(key) => select(key)}
        />
      </div>
    </DragDropProvider>
  );
}

const isNew = (id: unknown): boolean => String(id ?? "").startsWith(NEW);
