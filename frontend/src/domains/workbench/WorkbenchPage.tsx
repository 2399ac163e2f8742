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
import { useTodo } from "./useTodo";
import styles from "./workbench.module.css";

/** What I should do now, and how it goes. */
export function WorkbenchPage() {
  const t = workbenchMessages.useT();
  const me = useMe();
  const format = useFormat();
  const dot = useDot();
  const [scope, setScope] = useState<Scope>("mine");
  const todo = useTodo(scope);
  const [logging, setLogging] = useState(false);
  const canLog = useObject("note")?.can.create ?? false;
  const hasDeals = useObject("opportunity") !== undefined;
  const hasCustomers = useObject("customer") !== undefined;
  usePageTitle(t("title"));

  const overdue = todo.items.filter((item) => item.kind !== "stalled" && item.late > 0).length;
  const left = todo.items.length === 0 ? t("left.none") : t("left.some", { count: todo.items.length });
  const sub = [format.todayLong(), todo.pending ? null : left, overdue > 0 ? t("left.overdue", { n: overdue }) : null]
    .filter(Boolean)
    .join(dot);
  return (
    <>
      <PageHeader
        title={t(`greeting.${greetingAt(format.time(new Date()))}`, { name: me.user.name })}
        sub={sub}
        actions={
          <>
            <ScopeSwitch scope={scope} onChange={setScope} />
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
            <TodoCard items={todo.items} pending={todo.pending} />
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

/** Only what one leads: a member sees no switch. */
function ScopeSwitch({ scope, onChange }: { scope: Scope; onChange: (scope: Scope) => void }) {
  const t = workbenchMessages.useT();
  const me = useMe();
  const options: { value: Scope; label: string }[] = [{ value: "mine", label: t("scope.mine") }];
  const leads = me.role === "manager" || me.role === "admin";
  if (leads && me.team) options.push({ value: "team", label: t("scope.team", { team: me.team.name }) });
  if (me.role === "admin") options.push({ value: "all", label: t("scope.all") });
  if (options.length === 1) return null;
  return <Segmented aria-label={t("scope.label")} value={scope} onChange={onChange} options={options} />;
}

function greetingAt(time: string): "early" | "noon" | "afternoon" | "evening" {
  if (time < "11:30") return "early";
  if (time < "13:30") return "noon";
  return time < "18:00" ? "afternoon" : "evening";
}
