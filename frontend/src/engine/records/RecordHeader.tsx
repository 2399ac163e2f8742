import { Button } from "antd";
import { ChevronDown, ChevronLeft, ChevronRight, ChevronUp } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import type { ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, kitMessages, useFormat, useIsPhone } from "@/kit";
import { FieldRead } from "../fields";
import { useT } from "./messages";
import { listPath, recordPath } from "./paths";
import { RecordBadges } from "./RecordBadges";
import { RecordLogo } from "./RecordLogo";
import styles from "./records.module.css";
import { useNeighbours } from "./useNeighbours";

/** Where one is, who this is, what can be done. */
export function RecordHeader({
  object,
  record,
  actions,
}: {
  object: ObjectSchema;
  record: RecordData;
  actions: ReactNode;
}) {
  const t = useT();
  const label = useLabel();
  const phone = useIsPhone();
  const format = useFormat();
  const navigate = useNavigate();
  const { state } = useLocation() as { state: { list?: string } | null };
  const back = `${listPath(object.key)}${state?.list ?? ""}`;
  const near = useNeighbours(object.key, record.id);
  const go = (id: string) => navigate(recordPath(object.key, id), { replace: true, state });
  const owner = object.fields.find((field) => field.key === "owner");
  return (
    <>
      <div className={styles.crumb}>
        {phone ? (
          <Button
            type="text"
            icon={<Icon as={ChevronLeft} />}
            aria-label={kitMessages.t("back")}
            onClick={() => navigate(back)}
          />
        ) : (
          <nav aria-label={t("page.crumb")}>
            <Link to={back}>{label(object.label_plural)}</Link>
            <Icon as={ChevronRight} size={12} />
            <span className="gx-cut">{record.title}</span>
          </nav>
        )}
        <span className={styles.grow} />
        {near && (
          <>
            <span className="gx-3">
              {t("page.position", { n: format.number(near.index + 1), total: format.number(near.total) })}
            </span>
            <Button
              type="text"
              size="small"
              icon={<Icon as={ChevronUp} size={14} />}
              aria-label={t("page.previous")}
              disabled={!near.previous}
              onClick={() => near.previous && go(near.previous)}
            />
            <Button
              type="text"
              size="small"
              icon={<Icon as={ChevronDown} size={14} />}
              aria-label={t("page.next")}
              disabled={!near.next}
              onClick={() => near.next && go(near.next)}
            />
          </>
        )}
      </div>
      <header className={styles.header}>
        <RecordLogo object={object} title={record.title} size="xl" />
        <div className={styles.names}>
          <h1>{record.title}</h1>
          <div className={styles.sub}>
            <RecordBadges object={object} record={record} />
            {owner && record.owner && (
              <span className={styles.owner}>
                <FieldRead field={owner} value={record.owner} record={record} />
              </span>
            )}
          </div>
        </div>
        {!phone && <div className={styles.actions}>{actions}</div>}
      </header>
    </>
  );
}
