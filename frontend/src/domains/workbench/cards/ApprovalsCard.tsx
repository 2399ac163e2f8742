import { Link } from "react-router";
import { useObject } from "@/api";
import { useLabel } from "@/i18n";
import { Card, Money, useFormat } from "@/kit";
import { type Scope, waitingForApproval } from "../filters";
import { listPath, recordPath } from "../list-path";
import { workbenchMessages } from "../locales";
import { useTop } from "../queries";
import styles from "../workbench.module.css";
import { MoreLink } from "./MoreLink";

const PAPERS = ["quote", "contract"] as const;

/** Quotes and contracts that wait for approval; nothing where none do. */
export function ApprovalsCard({ scope }: { scope: Scope }) {
  return (
    <>
      {PAPERS.map((key) => (
        <Waiting key={key} object={key} scope={scope} />
      ))}
    </>
  );
}

function Waiting({ object: key, scope }: { object: string; scope: Scope }) {
  const t = workbenchMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const object = useObject(key);
  const filter = waitingForApproval(scope);
  const { data } = useTop(key, { filter, sort: "-updated_at", limit: 5 }, object !== undefined);
  const papers = data?.data ?? [];
  if (papers.length === 0) return null;
  const title = t("approvals.of", { object: label(object?.label_plural ?? object?.label) });
  return (
    <Card
      title={title}
      count={data?.page.count?.value ? format.count(data.page.count) : undefined}
      more={<MoreLink to={listPath(key, filter, "-updated_at")} word={t("approvals.all")} of={title} />}
    >
      <ul className={styles.lines}>
        {papers.map((paper) => (
          <li key={paper.id}>
            <Link to={recordPath(paper)} className="gx-cut">
              {paper.title}
            </Link>
            <Money value={paper.total as number | null} currency={paper.currency as string | null} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
