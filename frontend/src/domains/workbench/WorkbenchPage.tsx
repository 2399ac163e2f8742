import { Button, Segmented } from "antd";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { useMe, useObject } from "@/api";
import { Icon, PageHeader, useDot, useFormat, usePageTitle } from "@/kit";
import { BriefStrip } from "./BriefStrip";
import { CreateDrawer } from "./CreateDrawer";
import { ClosingCard } from "./cards/ClosingCard";
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
import styles from "./workbench.module.css";

/** What I should do now, and how it goes. */
export function WorkbenchPage() {
  const t = workbenchMessages.useT();
  const me = useMe();
  const format = useFormat();
  const dot = useDot();
  const { scope, offered, setScope } = useScope();
  const todo = useTodo(scope);
  const [logging, setLogging] = useState(false);
  const canLog = useObject("note")?.can.create ?? false;
  const hasDeals = useObject("opportunity") !== undefined;
  const hasCustomers = useObject("customer") !== undefined;
  usePageTitle(t("title"));

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
            <ScopeSwitch scope={scope} offered={offered} onChange={setScope} />
            {canLog && (
              <Button type="primary" icon={<Icon as={Pencil} />} onClick={() => setLogging(true)}>
                {t("log")}
              </Button>
            )}
          </>
        }
      />
      <div className={styles.scroll}>
        <BriefStrip scope={scope} />
        <StartHere />
        <div className={styles.grid}>
          <div className={styles.main}>
            <TodoCard items={todo.items} counts={todo.counts} pending={todo.pending} />
            {hasDeals && (
              <div className={styles.pair}>
                <StalledCard scope={scope} />
                <ClosingCard scope={scope} />
              </div>
            )}
          </div>
          <div className={styles.side}>
            {hasDeals && <FunnelCard scope={scope} />}
            {hasCustomers && <NextContactsCard scope={scope} />}
            {hasCustomers && <ForgottenCard scope={scope} />}
          </div>
        </div>
      </div>
      {logging && <CreateDrawer object="note" onClose={() => setLogging(false)} />}
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
