import { Alert, Button } from "antd";
import { useMe } from "@/api";
import { useFormat, useProblem } from "@/kit";
import { useT } from "./messages";
import { useDuties, useRoleChanges } from "./queries";
import styles from "./roles.module.css";

/** Somebody asks to put separated duties together again: whoever has another duty agrees or refuses. */
export function DutiesAsked() {
  const t = useT();
  const format = useFormat();
  const say = useProblem();
  const me = useMe();
  const { data } = useDuties();
  const { answer } = useRoleChanges();
  if (!data?.asked) return null;
  const { by, until, mine_to_confirm } = data.asked;
  const own = by.id === me.user.id;
  const give = (how: "confirm" | "refuse") => answer.mutate(how, { onError: (error) => say(error) });
  return (
    <Alert
      className={styles.asked}
      type="warning"
      showIcon
      title={t(own ? "asked_own" : "asked", { name: by.name })}
      description={
        <>
          {t(mine_to_confirm ? "asked_mine" : "asked_others", { until: format.dateTime(until) })}
          <div className={styles.askedChoice}>
            {mine_to_confirm && (
              <Button type="primary" loading={answer.isPending} onClick={() => give("confirm")}>
                {t("asked_confirm")}
              </Button>
            )}
            <Button loading={answer.isPending} onClick={() => give("refuse")}>
              {t(own ? "asked_withdraw" : "asked_refuse")}
            </Button>
          </div>
        </>
      }
    />
  );
}
