import { App, Button, Select, Skeleton, Switch } from "antd";
import { Merge, SearchX } from "lucide-react";
import { useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { isProblem } from "@/api/problem";
import type { ObjectSchema } from "@/api/types";
import { useObject } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Empty, Icon, PageHeader, problemText, useFormat, usePageTitle, useProblem } from "@/kit";
import { recordPath } from "../records/paths";
import { useUndoBatch } from "../records/useUndoBatch";
import { useRecordSearch } from "../search/useRecordSearch";
import { useT as useViewsT } from "../views/messages";
import { MergeTable } from "./MergeTable";
import { Moves } from "./Moves";
import styles from "./merging.module.css";
import { mergingMessages } from "./messages";
import { useMerge, useMergePreview } from "./queries";

const MOST = 20;

/** `/o/customer/merge?ids=a,b&keep=a`: records side by side, a choice per field, what moves along. */
export function MergePage() {
  const { object: key } = useParams();
  const object = useObject(key ?? "");
  const views = useViewsT();
  if (object) return <Page object={object} />;
  return (
    <Empty page icon={SearchX} title={views("page.missing_title")}>
      {views("page.missing_body")}
    </Empty>
  );
}

function Page({ object }: { object: ObjectSchema }) {
  const t = mergingMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const navigate = useNavigate();
  const say = useProblem();
  const { modal } = App.useApp();
  const toast = useUndoBatch(object);
  const [search, setSearch] = useSearchParams();
  const ids = [...new Set((search.get("ids") ?? "").split(",").filter(Boolean))];
  const [wanted, setWanted] = useState<string | null>(search.get("keep"));
  const [choice, setChoice] = useState<Record<string, string>>({});
  const [all, setAll] = useState(false);
  const survivorWanted = wanted && ids.includes(wanted) ? wanted : null;
  const { data, error, isFetching } = useMergePreview(object.key, ids, survivorWanted);
  const merge = useMerge(object.key);
  const title = t("page", { name: label(object.label_plural) });
  usePageTitle(title);
  const preview = ids.length > 1 && !error ? data : undefined;
  const kept = preview?.records.find((record) => record.id === preview.survivor);
  const setIds = (next: string[]) => setSearch({ ids: next.join(",") }, { replace: true });
  const drop = (id: string) => {
    setChoice((before) => Object.fromEntries(Object.entries(before).filter(([, chosen]) => chosen !== id)));
    setIds(ids.filter((each) => each !== id));
  };
  const ask = () =>
    preview &&
    kept &&
    modal.confirm({
      title: t("ask", { n: ids.length - 1, title: kept.title }),
      content: t("ask_body"),
      okText: t("do"),
      onOk: () => {
        const proposed = preview.fields.flatMap((field) => (field.proposed ? [[field.key, field.proposed]] : []));
        const choose = { ...Object.fromEntries(proposed), ...choice } as Record<string, string>;
        merge.mutate(
          { ids, survivor: preview.survivor, choose },
          {
            onSuccess: (done) => {
              toast(t("done", { n: format.number(done.merged) }), { affected: done.merged, batch: done.batch });
              void navigate(recordPath(object.key, done.record.id), { replace: true });
            },
            onError: (problem) => say(problem),
          },
        );
      },
    });
  return (
    <>
      <PageHeader title={title} onBack={() => void navigate(-1)} />
      <div className={styles.page}>
        <p className="gx-2">{t("body")}</p>
        <div className={styles.tools}>
          {ids.length < MOST && <AddRecord object={object} ids={ids} onAdd={(id) => setIds([...ids, id])} />}
          <span className={styles.switch}>
            <Switch size="small" checked={!all} onChange={(on) => setAll(!on)} aria-label={t("only_different")} />
            {t("only_different")}
          </span>
        </div>
        {ids.length < 2 && <Empty icon={Merge} title={t("need_two")} />}
        {ids.length > MOST && <Empty icon={Merge} title={t("too_many")} />}
        {error && <Empty icon={Merge} title={refusal(error, t)} />}
        {!preview && isFetching && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
        {preview && (
          <>
            <MergeTable
              object={object}
              preview={preview}
              choice={choice}
              all={all}
              onChoose={(field, id) => setChoice((before) => ({ ...before, [field]: id }))}
              onKeep={(id) => {
                setChoice({});
                setWanted(id);
              }}
              onDrop={drop}
            />
            <Moves preview={preview} />
            <div className={styles.foot}>
              <Button onClick={() => void navigate(-1)}>{t("back")}</Button>
              <Button type="primary" icon={<Icon as={Merge} />} loading={merge.isPending} onClick={ask}>
                {t("do")}
              </Button>
            </div>
          </>
        )}
      </div>
    </>
  );
}

function refusal(error: unknown, t: ReturnType<typeof mergingMessages.useT>): string {
  if (isProblem(error) && error.status === 404) return t("missing");
  if (isProblem(error) && error.status === 403) return t("forbidden");
  return problemText(error);
}

function AddRecord({ object, ids, onAdd }: { object: ObjectSchema; ids: string[]; onAdd: (id: string) => void }) {
  const t = mergingMessages.useT();
  const [typed, setTyped] = useState("");
  const { hits: found } = useRecordSearch(typed);
  const hits = found.filter((hit) => hit.object === object.key && !ids.includes(hit.id));
  return (
    <Select
      className={styles.add}
      value={null}
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      placeholder={t("add")}
      aria-label={t("add")}
      notFoundContent={null}
      onChange={(id: string | null) => {
        setTyped("");
        if (id) onAdd(id);
      }}
      options={hits.map((hit) => ({
        value: hit.id,
        label: hit.subtitle ? `${hit.title} · ${hit.subtitle}` : hit.title,
      }))}
    />
  );
}
