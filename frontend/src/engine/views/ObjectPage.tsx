/**
 * Every object's list: a table or a board of its records, under saved views.
 *
 * How it works: the address and the saved view say what is shown (`useListState`); the table and the board ask for
 * their own records; a click opens the preview beside them. Rules: nothing here knows any object by name.
 */
import { Skeleton } from "antd";
import { SearchX } from "lucide-react";
import { useParams, useSearchParams } from "react-router";
import type { ObjectSchema } from "@/api/types";
import { useObject } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Empty, usePageTitle } from "@/kit";
import { ListPage } from "./ListPage";
import { useT } from "./messages";
import styles from "./page.module.css";
import { useLinkedView, useViews } from "./saved/useViews";

export function ObjectPage() {
  const t = useT();
  const { object: key } = useParams();
  const object = useObject(key);
  if (!object) {
    return (
      <Empty page icon={SearchX} title={t("page.missing_title")}>
        {t("page.missing_body")}
      </Empty>
    );
  }
  return <OfObject key={object.key} object={object} />;
}

function OfObject({ object }: { object: ObjectSchema }) {
  const label = useLabel();
  usePageTitle(label(object.label_plural));
  const views = useViews(object.key);
  const [params] = useSearchParams();
  const linked = useLinkedView(views.data, params.get("view"));
  if (views.isPending) return <PageSkeleton />;
  return (
    <ListPage
      object={object}
      views={linked?.object === object.key ? [...(views.data ?? []), linked] : (views.data ?? [])}
    />
  );
}

function PageSkeleton() {
  return (
    <div className={styles.skeleton} aria-hidden="true">
      <Skeleton.Input active size="small" />
      <Skeleton active title={false} paragraph={{ rows: 14 }} />
    </div>
  );
}
