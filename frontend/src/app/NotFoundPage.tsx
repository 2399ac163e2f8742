import { Button } from "antd";
import { Compass } from "lucide-react";
import { Link } from "react-router";
import { Empty, usePageTitle } from "@/kit";
import { appMessages } from "./locales";

export function NotFoundPage() {
  const t = appMessages.useT();
  usePageTitle(t("notFound.title"));
  return (
    <Empty
      page
      icon={Compass}
      title={t("notFound.title")}
      actions={
        <Link to="/">
          <Button type="primary" tabIndex={-1}>
            {t("notFound.home")}
          </Button>
        </Link>
      }
    >
      {t("notFound.body")}
    </Empty>
  );
}
