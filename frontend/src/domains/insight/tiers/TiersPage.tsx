/** Tiers looked at as a whole: other cuts tried out, moves since a month, customers who cost money. */
import { Skeleton } from "antd";
import { Layers } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { Empty, PageHeader, problemText, useFormat, usePageTitle } from "@/kit";
import styles from "../insight.module.css";
import { useTiers } from "../queries";
import { Exits } from "./Exits";
import { Moves } from "./Moves";
import { useT } from "./messages";
import type { Cuts } from "./model";
import { Trial } from "./Trial";

export function TiersPage() {
  const t = useT();
  const format = useFormat();
  const [tried, setTried] = useState<Cuts | null>(null);
  const [since, setSince] = useState<string | null>(null);
  const { data, error, isPending } = useTiers({ ...tried, ...(since ? { since } : {}) });
  usePageTitle(t("page"));
  return (
    <>
      <PageHeader
        title={t("page")}
        actions={
          <Link to="/insight" className="gx-link">
            {t("back")}
          </Link>
        }
      />
      <div className={styles.page}>
        {isPending && !data && <Skeleton active title={false} paragraph={{ rows: 10 }} />}
        {error && !data && <Empty title={problemText(error)} />}
        {data && !data.is_on && (
          <Empty icon={Layers} title={t("off")}>
            {t("off_body")}
          </Empty>
        )}
        {data?.is_on && data.missing && (
          <Empty icon={Layers} title={t("none")}>
            {data.missing}
          </Empty>
        )}
        {data?.is_on && !data.missing && (
          <>
            <span className="gx-3 gx-s12">{data.as_of && t("as_of", { when: format.relative(data.as_of) })}</span>
            <Trial
              data={data}
              cuts={tried ?? data.now}
              problem={error && tried ? problemText(error) : null}
              onTry={setTried}
            />
            {data.moves && <Moves moves={data.moves} currency={data.currency} onSince={setSince} />}
            {data.exits && <Exits exits={data.exits} currency={data.currency} />}
          </>
        )}
      </div>
    </>
  );
}
