import { App, Button } from "antd";
import type { Member } from "@/api";
import { useFormat, useProblem } from "@/kit";
import { useUpdateMember } from "../people-queries";
import { useT } from "./messages";
import { fetchWhat } from "./queries";

/** Before somebody is disabled: true when they still have work, and handing it over has been proposed instead. */
export function useLeaving(member: Member, onHandOver: () => void): () => Promise<boolean> {
  const t = useT();
  const format = useFormat();
  const say = useProblem();
  const { modal } = App.useApp();
  const update = useUpdateMember();
  return async () => {
    const what = await fetchWhat(member.id).catch(() => null);
    if (!what || (what.total === 0 && what.work.length === 0)) return false;
    const asked = modal.confirm({
      title: t("ask_title", { name: member.name }),
      content: t("ask_body", { name: member.name, n: format.number(what.total) }),
      okText: t("open"),
      cancelText: t("cancel"),
      onOk: onHandOver,
      footer: (_, { OkBtn, CancelBtn }) => (
        <>
          <CancelBtn />
          <Button
            danger
            onClick={() => {
              asked.destroy();
              update.mutate({ id: member.id, patch: { status: "disabled" } }, { onError: (error) => say(error) });
            }}
          >
            {t("only_disable")}
          </Button>
          <OkBtn />
        </>
      ),
    });
    return true;
  };
}
