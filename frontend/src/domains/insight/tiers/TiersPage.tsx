/** Tiers looked at as a whole: other cuts tried out, moves since a month, customers who cost money. */
import { Layers } from "lucide-react";
import { useState } from "react";
import { problemText, useFormat } from "@/kit";
import { InsightFrame } from "../InsightFrame";
import { useTiers } from "../queries";
import { Exits } from "./Exits";
import { Moves } from "./Moves";
import { useT } from "./messages";
import type { Cuts } from "./model";
import { Trial } from "./Trial";

export function TiersPage() {
  const t = useT();
  const format = useFormat();
  const [tried, setTried] = useState<Cuts | null>(null);
  const [since, setSince] = useState<string | null>(null);
  const asked = useTiers({ ...tried, ...(since ? { since } : {}) });
  const { data, error } = asked;
  return (
    <InsightFrame title={t("page")} icon={Layers} off={t("off_body")} none={t("none")} asked={asked}>
      {data && (
        <>
          <span className="gx-3 gx-s12">{data.as_of && t("as_of", { when: format.relative(data.as_of) })}</span>
          <Trial
            data={data}
            cuts={tried ?? data.now}
            problem={error && tried ? problemText(error) : null}
            onTry={setTried}
          />
          {data.moves && <Moves moves={data.moves} currency={data.currency} onSince={setSince} />}
          {data.exits && <Exits exits={data.exits} currency={data.currency} />}
        </>
      )}
    </InsightFrame>
  );
}
