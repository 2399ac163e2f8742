import { Button } from "antd";
import { Eye } from "lucide-react";
import { useEffect, useState } from "react";
import type { Me } from "@/api";
import { api } from "@/api/http";
import { Icon, useFormat, useProblem } from "@/kit";
import { useT } from "./messages";
import styles from "./viewing.module.css";

/** Above everything while one looks as somebody else: as whom, how long yet, and the way back. */
export function ViewingBanner({ viewing }: { viewing: NonNullable<Me["viewing"]> }) {
  const t = useT();
  const format = useFormat();
  const say = useProblem();
  const minutes = useMinutes(viewing.until);
  const { name } = viewing;
  const end = () =>
    api.delete("/view-as").then(
      () => location.assign(viewing.user ? "/settings/members" : "/settings/roles"),
      (error) => say(error),
    );
  return (
    <div className={styles.banner} role="status">
      <Icon as={Eye} size={16} />
      <span className={styles.words}>
        <b>{t(viewing.user ? "as_person" : "as_roles", { name })}</b>
        <span>
          {t("only")} · {t("left", { n: format.number(minutes) })}
        </span>
      </span>
      <Button size="small" onClick={() => void end()}>
        {t("end")}
      </Button>
    </div>
  );
}

function useMinutes(until: string): number {
  const left = () => Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 60_000));
  const [minutes, setMinutes] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock is read when it ticks
  useEffect(() => {
    const timer = setInterval(() => {
      setMinutes(left());
      if (Date.now() > Date.parse(until)) location.assign("/");
    }, 5000);
    return () => clearInterval(timer);
  }, [until]);
  return minutes;
}
