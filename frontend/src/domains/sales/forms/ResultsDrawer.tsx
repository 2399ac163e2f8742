import { Drawer, Progress, Skeleton } from "antd";
import { useLabel } from "@/i18n";
import { Empty, problemText, useFormat, useIsPhone } from "@/kit";
import styles from "./forms.module.css";
import { useT } from "./messages";
import { type Counted, full, type WebForm } from "./model";
import { useResults } from "./queries";

/** How often everything was chosen; what was written in words stands on the leads. */
export function ResultsDrawer({ form, onClose }: { form: WebForm; onClose: () => void }) {
  const t = useT();
  const phone = useIsPhone();
  const { data, error } = useResults(form.id);
  return (
    <Drawer open onClose={onClose} title={form.name} size={phone ? "100%" : 560} destroyOnHidden>
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {error && !data && <Empty title={problemText(error)} />}
      {data?.answers === 0 && <p className="gx-3">{t("results_none")}</p>}
      {data && data.answers > 0 && (
        <div className={styles.share}>
          {data.questions.map((question) => (
            <Question key={question.key} question={question} />
          ))}
        </div>
      )}
    </Drawer>
  );
}

function Question({ question }: { question: Counted }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const facts = [
    t("results_of", { n: format.number(question.answered) }),
    question.average === null ? "" : t("average", { n: format.number(question.average) }),
  ];
  return (
    <section>
      <h3>{label(full(question.label))}</h3>
      <p className="gx-3 gx-s12">{facts.filter(Boolean).join(" · ")}</p>
      <ul className={styles.bars}>
        {question.choices.map((choice) => (
          <li key={choice.value}>
            <span className="gx-cut">{label(full(choice.label))}</span>
            <Progress
              percent={question.answered ? Math.round((choice.count / question.answered) * 100) : 0}
              showInfo={false}
              size="small"
              aria-label={label(full(choice.label))}
            />
            <span className="gx-num">{format.number(choice.count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
