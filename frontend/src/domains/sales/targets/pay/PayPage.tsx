import { App, Button, Segmented, Skeleton } from "antd";
import { HandCoins, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useLabel } from "@/i18n";
import { Card, Chip, Empty, Icon, PageHeader, problemText, useFormat, usePageTitle, useProblem } from "@/kit";
import { useOverview } from "../queries";
import styles from "../targets.module.css";
import { useFigures } from "../useFigures";
import { Lines } from "./Lines";
import { useT } from "./messages";
import type { CommissionRule, Statement } from "./model";
import { PerformanceNav } from "./Nav";
import { usePayChanges, useRules, useStatement } from "./queries";
import { RuleDrawer } from "./RuleDrawer";
import { Stepper } from "./Stepper";

/** Commission: what I earn, what my people earn, closing a period. */
export function PayPage() {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const [edited, setEdited] = useState<CommissionRule | "new" | null>(null);
  const { data, error } = useRules();
  const plans = useOverview().data?.plans ?? [];
  const rules = data?.rules ?? [];
  const rule = rules.find((each) => each.id === params.get("rule")) ?? rules[0];
  const day = params.get("day") ?? format.today();
  const statement = useStatement(rule?.id, day);
  usePageTitle(t("pay"));
  const put = (key: string, value: string) =>
    setParams((before) => {
      before.set(key, value);
      return before;
    });
  return (
    <>
      <PageHeader
        title={t("pay")}
        actions={
          data?.may &&
          plans.length > 0 && (
            <Button icon={<Icon as={Plus} />} onClick={() => setEdited("new")}>
              {t("rule_new")}
            </Button>
          )
        }
      />
      <PerformanceNav />
      <div className={styles.page}>
        {error && !data && <Empty title={problemText(error)} />}
        {!data && !error && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
        {data && !rule && (
          <Empty icon={HandCoins} title={t("rules_none")}>
            {t(data.may ? "rules_none_body" : "rules_none_reader")}
          </Empty>
        )}
        {rule && (
          <div className={styles.toolbar}>
            {rules.length > 1 && (
              <Segmented
                aria-label={t("rule")}
                value={rule.id}
                onChange={(value) => put("rule", value)}
                options={rules.map((each) => ({ value: each.id, label: label(each.name) }))}
              />
            )}
            {statement.data && <Stepper period={statement.data.period} onDay={(value) => put("day", value)} />}
            {data?.may && (
              <Button type="text" icon={<Icon as={Pencil} />} onClick={() => setEdited(rule)}>
                {t("rule_edit")}
              </Button>
            )}
          </div>
        )}
        {rule && statement.data && <Sheet rule={rule} statement={statement.data} />}
      </div>
      {edited && (
        <RuleDrawer rule={edited === "new" ? null : edited} plans={plans} day={day} onClose={() => setEdited(null)} />
      )}
    </>
  );
}

function Sheet({ rule, statement }: { rule: CommissionRule; statement: Statement }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const say = useProblem();
  const { period } = useFigures();
  const { modal, message } = App.useApp();
  const { close } = usePayChanges();
  const ask = () =>
    modal.confirm({
      title: t("close_ask", { period: period(statement.period) }),
      content: t("close_body", { total: format.money(statement.total, undefined, 2) }),
      okText: t("close"),
      onOk: () =>
        close
          .mutateAsync({ rule: rule.id, day: statement.period.start })
          .then(() => void message.success(t("close_done")))
          .catch((error) => say(error)),
    });
  return (
    <Card
      title={label(statement.said.name)}
      count={label(statement.said.plan)}
      more={
        statement.closed_at ? (
          <Chip tone="ok">{t("closed", { time: format.dateTime(statement.closed_at) })}</Chip>
        ) : statement.may_close ? (
          <Button size="small" onClick={ask}>
            {t("close")}
          </Button>
        ) : (
          <span className="gx-3 gx-s12">{t("open")}</span>
        )
      }
    >
      <Lines statement={statement} />
    </Card>
  );
}
