/** Facts from the register beside what the record says: nothing is overwritten unless the person chooses it. */
import { Alert, Button, Input, Skeleton } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useRecord } from "@/engine/records/useRecord";
import { PageHeader, problemText, usePageTitle } from "@/kit";
import { CodeFacts } from "./CodeFacts";
import { CompareTable } from "./CompareTable";
import styles from "./companies.module.css";
import { companyMessages } from "./locales";
import { type Company, useLookup } from "./queries";

export function LookupPage() {
  const [search] = useSearchParams();
  const id = search.get("record");
  return id ? <ForRecord key={id} id={id} /> : <Lookup />;
}

function ForRecord({ id }: { id: string }) {
  const { data: record } = useRecord("customer", id);
  if (!record) return <Skeleton active />;
  const code = record.tax_number;
  return <Lookup record={record} start={typeof code === "string" && code ? code : record.title} />;
}

function Lookup({ record, start = "" }: { record?: Parameters<typeof CompareTable>[0]["record"]; start?: string }) {
  const t = companyMessages.useT();
  usePageTitle(t("title"));
  const [typed, setTyped] = useState(start);
  const [asked, setAsked] = useState(start);
  const [chosen, setChosen] = useState<Company>();
  const { data, error, isFetching } = useLookup(asked);
  const ask = (text: string) => {
    setChosen(undefined);
    setAsked(text.trim());
  };
  return (
    <>
      <PageHeader title={t("title")} sub={record && t("compare", { name: record.title })} />
      <div className={styles.page}>
        <Input.Search
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onSearch={ask}
          enterButton={t("search")}
          placeholder={t("hint")}
          aria-label={t("hint")}
          maxLength={100}
          loading={isFetching}
        />
        {error && <Alert type="error" showIcon title={problemText(error)} />}
        {data?.code && <CodeFacts code={data.code} />}
        {data?.problems.map((problem) => (
          <Alert key={problem} type="warning" showIcon title={problem} />
        ))}
        {data && data.providers.length === 0 && <Alert type="info" showIcon title={t("no_provider")} />}
        {data && data.providers.length > 0 && data.companies.length === 0 && data.problems.length === 0 && (
          <p className="gx-3">{t("nothing")}</p>
        )}
        {!chosen && (
          <ul className={styles.found}>
            {data?.companies.map((company) => (
              <li key={`${company.provider}-${company.code}-${company.name}`}>
                <div>
                  <b>{company.name}</b>
                  <p className="gx-3">
                    {[company.code, company.representative, company.status, company.founded]
                      .filter(Boolean)
                      .join(" · ")}
                  </p>
                </div>
                <Button onClick={() => setChosen(company)}>{t("choose")}</Button>
              </li>
            ))}
          </ul>
        )}
        {chosen && <CompareTable company={chosen} record={record} />}
      </div>
    </>
  );
}
