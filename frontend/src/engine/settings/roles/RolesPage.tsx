import { Button, Skeleton } from "antd";
import { ChevronRight, Plus } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { useMe } from "@/api";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, problemText, usePageTitle } from "@/kit";
import { Section } from "../parts/Section";
import { Duties } from "./Duties";
import { useT } from "./messages";
import { NewRole } from "./NewRole";
import { type RoleInfo, useRoles } from "./queries";
import styles from "./roles.module.css";
import { WhoMay } from "./WhoMay";

/** Every role with how many people have it; who may do something; separation of duties. */
export function RolesPage() {
  const t = useT();
  const may = useMe().areas.includes("roles");
  const roles = useRoles();
  const [making, setMaking] = useState(false);
  usePageTitle(t("page"));
  const own = roles.data?.filter((role) => !role.builtin) ?? [];
  return (
    <>
      <Section
        wide
        title={t("page")}
        body={t("body")}
        action={
          may && (
            <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setMaking(true)}>
              {t("new")}
            </Button>
          )
        }
      >
        {roles.error && !roles.data && <Empty title={problemText(roles.error)} />}
        {roles.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
        {roles.data && (
          <>
            <h3 className={styles.group}>{t("own")}</h3>
            {own.length === 0 ? (
              <Empty small title={t("own_none")}>
                {t("own_none_body")}
              </Empty>
            ) : (
              <RoleList roles={own} />
            )}
            <h3 className={styles.group}>{t("builtin")}</h3>
            <RoleList roles={roles.data.filter((role) => role.builtin)} />
          </>
        )}
      </Section>
      {roles.data && <WhoMay roles={roles.data} />}
      {may && <Duties />}
      {making && <NewRole onClose={() => setMaking(false)} />}
    </>
  );
}

function RoleList({ roles }: { roles: RoleInfo[] }) {
  const t = useT();
  const label = useLabel();
  return (
    <ul className={styles.roleList}>
      {roles.map((role) => (
        <li key={role.key}>
          <Link to={`/settings/roles/${role.key}`}>
            <span className={styles.roleText}>
              <span>
                <b>{label(role.name)}</b>
                {role.fixed && <Chip>{t("fixed")}</Chip>}
                {role.adjusted && <Chip tone="info">{t("adjusted")}</Chip>}
              </span>
              <span className="gx-3 gx-s12">{label(role.note)}</span>
            </span>
            <span className={styles.rolePeople}>{t("people", { count: role.people })}</span>
            <Icon as={ChevronRight} size={14} className="gx-3" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
