/** Every report there is: the ready-made ones and those that people have saved, by what they are about. */
import { Button, Dropdown, Input, Skeleton, Tag } from "antd";
import {
  ChartBarBig,
  ChartLine,
  ChartPie,
  FileChartColumn,
  Funnel,
  Hash,
  type LucideIcon,
  Plus,
  SearchX,
  Table2,
} from "lucide-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { OBJECT_GROUPS, type ObjectSchema, type SavedView, useSchema } from "@/api";
import { useLabel } from "@/i18n";
import { Empty, Icon, objectIcon, PageHeader, usePageTitle } from "@/kit";
import { useT } from "../views/messages";
import { useReports } from "./queries";
import styles from "./reports.module.css";

const ICONS: Record<string, LucideIcon> = {
  bar: ChartBarBig,
  line: ChartLine,
  pie: ChartPie,
  funnel: Funnel,
  number: Hash,
  table: Table2,
};

export function ReportsPage() {
  const t = useT();
  const label = useLabel();
  const navigate = useNavigate();
  const reports = useReports();
  const { objects } = useSchema();
  const [sought, setSought] = useState("");
  usePageTitle(t("reports.title"));
  const word = sought.trim().toLowerCase();
  const offered = objects.filter((object) => !object.line_of && !object.hidden);
  const found = inOrder(offered).flatMap((object) => {
    const own = (reports.data ?? []).filter(
      (report) =>
        report.object === object.key &&
        (!word || `${label(report.name)} ${label(object.label)}`.toLowerCase().includes(word)),
    );
    return own.length ? [{ object, own }] : [];
  });
  return (
    <div className={styles.page}>
      <PageHeader
        title={t("reports.title")}
        sub={t("reports.sub")}
        actions={
          <Dropdown
            trigger={["click"]}
            placement="bottomRight"
            menu={{
              className: styles.menu,
              items: offered.map((object) => ({
                key: object.key,
                icon: <Icon as={objectIcon(object.icon, object.key)} />,
                label: label(object.label_plural ?? object.label),
              })),
              onClick: ({ key }) => navigate(`/o/${key}?view=builtin:all&kind=report`),
            }}
          >
            <Button type="primary" icon={<Icon as={Plus} />}>
              {t("reports.new")}
            </Button>
          </Dropdown>
        }
      />
      <div className={styles.body}>
        <Input.Search
          allowClear
          className={styles.find}
          aria-label={t("reports.find")}
          placeholder={t("reports.find")}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        {reports.isPending && <Skeleton active title={false} paragraph={{ rows: 10 }} />}
        {reports.data && found.length === 0 && <Empty icon={SearchX} title={t("reports.none")} />}
        {found.map(({ object, own }) => (
          <section key={object.key} aria-label={label(object.label_plural ?? object.label)}>
            <h2>
              <Icon as={objectIcon(object.icon, object.key)} size={14} />
              {label(object.label_plural ?? object.label)}
            </h2>
            <ul className={styles.cards}>
              {own.map((report) => (
                <li key={report.id}>
                  <ReportCard report={report} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

function ReportCard({ report }: { report: SavedView }) {
  const t = useT();
  const label = useLabel();
  return (
    <Link className={styles.card} to={`/o/${report.object}?view=${report.id}`}>
      <Icon as={ICONS[report.definition.chart ?? "bar"] ?? FileChartColumn} />
      <span className="gx-cut">{label(report.name)}</span>
      {!report.builtin && <Tag variant="filled">{t(`view.${report.scope}`)}</Tag>}
    </Link>
  );
}

/** As the menu has them. */
function inOrder(objects: ObjectSchema[]): ObjectSchema[] {
  const place = (object: ObjectSchema) => OBJECT_GROUPS.indexOf(object.group);
  return [...objects].sort((a, b) => place(a) - place(b));
}
