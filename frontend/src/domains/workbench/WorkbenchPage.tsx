import { Button, Segmented, Skeleton } from "antd";
import { Pencil } from "lucide-react";
import type { ReactNode } from "react";
import { useMe, useObject } from "@/api";
import { PaceCard } from "@/domains/sales/targets/lazy";
import { RecordForm } from "@/engine/records/lazy";
import { askForLog } from "@/engine/records/log-target";
import { Icon, PageHeader, useDot, useFormat, usePageTitle, usePreload } from "@/kit";
import { ArrangeButton } from "./ArrangeButton";
import { BriefStrip } from "./BriefStrip";
import { ApprovalsCard } from "./cards/ApprovalsCard";
import { ClosingCard } from "./cards/ClosingCard";
import { FallingCard } from "./cards/FallingCard";
import { ForgottenCard } from "./cards/ForgottenCard";
import { FunnelCard } from "./cards/FunnelCard";
import { NextContactsCard } from "./cards/NextContactsCard";
import { StalledCard } from "./cards/StalledCard";
import type { Scope } from "./filters";
import { workbenchMessages } from "./locales";
import { StartHere } from "./StartHere";
import { TodoCard } from "./TodoCard";
import { useScope } from "./useScope";
import { useTodo } from "./useTodo";
import { useWidgets } from "./useWidgets";
import { inRows, shownIn, type Widget } from "./widgets";
import styles from "./workbench.module.css";

const LATER = [RecordForm];
const DEALS: readonly Widget[] = ["stalled", "closing", "funnel"];
const CUSTOMERS: readonly Widget[] = ["falling", "next", "forgotten"];

/** What I should do now, and how it goes. */
export function WorkbenchPage() {
  const t = workbenchMessages.useT();
  const { scope, offered, pending, setScope } = useScope();
  usePageTitle(t("title"));
  usePreload(LATER);
  if (pending) return <Skeleton active title paragraph={{ rows: 12 }} className={styles.skeleton} />;
  return <Desk scope={scope} offered={offered} onScope={setScope} />;
}

interface DeskProps {
  scope: Scope;
  offered: Scope[];
  onScope: (scope: Scope) => void;
}

function Desk({ scope, offered, onScope }: DeskProps) {
  const t = workbenchMessages.useT();
  const me = useMe();
  const format = useFormat();
  const dot = useDot();
  const todo = useTodo(scope);
  const [arrangement] = useWidgets();
  const canLog = useObject("note")?.can.create ?? false;
  const hasDeals = useObject("opportunity") !== undefined;
  const hasCustomers = useObject("customer") !== undefined;

  const parts: Record<Widget, ReactNode> = {
    todo: <TodoCard items={todo.items} counts={todo.counts} pending={todo.pending} />,
    stalled: <StalledCard scope={scope} />,
    closing: <ClosingCard scope={scope} />,
    pace: <PaceCard scope={scope} />,
    approvals: <ApprovalsCard scope={scope} />,
    falling: <FallingCard scope={scope} />,
    funnel: <FunnelCard scope={scope} />,
    next: <NextContactsCard scope={scope} />,
    forgotten: <ForgottenCard scope={scope} />,
  };
  const available: Widget[] = [
    "todo",
    "pace",
    "approvals",
    ...(hasDeals ? DEALS : []),
    ...(hasCustomers ? CUSTOMERS : []),
  ];
  const shown = (column: "main" | "side") =>
    shownIn(arrangement, column).filter((widget) => available.includes(widget));
  const side = shown("side");

  const overdue = todo.counts.overdue;
  const left = todo.counts.all.value === 0 ? t("left.none") : t("left.some", { count: todo.counts.all.value });
  const sub = [
    format.todayLong(),
    todo.pending ? null : left,
    overdue.value > 0 ? t("left.overdue", { n: format.count(overdue) }) : null,
  ]
    .filter(Boolean)
    .join(dot);
  return (
    <>
      <PageHeader
        title={t(`greeting.${greetingAt(format.time(new Date()))}`, { name: me.user.name })}
        sub={sub}
        actions={
          <>
            <ScopeSwitch scope={scope} offered={offered} onChange={onScope} />
            <ArrangeButton available={available} />
            {canLog && (
              <Button type="primary" icon={<Icon as={Pencil} />} onClick={() => askForLog(null)}>
                {t("log")}
              </Button>
            )}
          </>
        }
      />
      <div className={styles.scroll}>
        <BriefStrip scope={scope} />
        <StartHere />
        <div className={styles.grid} data-narrow={side.length > 0}>
          <div className={styles.main}>
            {inRows(shown("main")).map((row) => (
              <div key={row.join()} className={row.length > 1 ? styles.pair : undefined}>
                {row.map((widget) => (
                  <div key={widget} className={styles.part}>
                    {parts[widget]}
                  </div>
                ))}
              </div>
            ))}
          </div>
          <div className={styles.side}>
            {side.map((widget) => (
              <div key={widget} className={styles.part}>
                {parts[widget]}
              </div>
            ))}
          </div>
        </div>
      </div>
    </>
  );
}

interface SwitchProps {
  scope: Scope;
  offered: Scope[];
  onChange: (scope: Scope) => void;
}

/** Only what one leads: a member sees no switch. */
function ScopeSwitch({ scope, offered, onChange }: SwitchProps) {
  const t = workbenchMessages.useT();
  const me = useMe();
  if (offered.length === 1) return null;
  const words: Record<Scope, string> = { mine: t("scope.mine"), team: me.team?.name ?? "", all: t("scope.all") };
  return (
    <Segmented
      aria-label={t("scope.label")}
      value={scope}
      onChange={onChange}
      options={offered.map((value) => ({ value, label: words[value] }))}
    />
  );
}

function greetingAt(time: string): "early" | "noon" | "afternoon" | "evening" {
  if (time < "11:30") return "early";
  if (time < "13:30") return "noon";
  return time < "18:00" ? "afternoon" : "evening";
}
