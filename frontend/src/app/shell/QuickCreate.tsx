/** Creating from anywhere: `useQuickCreate().create("customer")` opens the object's form in a drawer over the page. */
import { App } from "antd";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { Link } from "react-router";
import { type ObjectSchema, type RecordData, useSchema } from "@/api";
import { RecordForm } from "@/engine/records/lazy";
import { appMessages } from "../locales";

interface QuickCreate {
  /** What this person may create, in the order of the navigation. */
  objects: ObjectSchema[];
  create: (object: string, initialValues?: Record<string, unknown>) => void;
}

const QuickCreateContext = createContext<QuickCreate>({ objects: [], create: () => undefined });

export const useQuickCreate = () => useContext(QuickCreateContext);

interface Draft {
  object: string;
  initialValues?: Record<string, unknown>;
  open: boolean;
}

export function QuickCreateProvider({ children }: { children: ReactNode }) {
  const { objects } = useSchema();
  const t = appMessages.useT();
  const { message } = App.useApp();
  const [draft, setDraft] = useState<Draft | null>(null);
  const value = useMemo<QuickCreate>(
    () => ({
      // Lines are made in their record.
      objects: objects.filter((object) => object.can.create && !object.hidden && !object.line_of),
      create: (object, initialValues) => setDraft({ object, initialValues, open: true }),
    }),
    [objects],
  );
  const close = () => setDraft((before) => before && { ...before, open: false });
  const created = (record: RecordData) => {
    const path = `/o/${record.object}/${record.id}`;
    message.success(
      <>
        {t("create.done", { title: record.title })}{" "}
        <Link className="gx-link" to={path}>
          {t("create.open")}
        </Link>
      </>,
    );
  };
  return (
    <QuickCreateContext value={value}>
      {children}
      {draft && (
        <RecordForm
          key={draft.object}
          object={draft.object}
          initialValues={draft.initialValues}
          open={draft.open}
          onClose={close}
          onCreated={created}
        />
      )}
    </QuickCreateContext>
  );
}
