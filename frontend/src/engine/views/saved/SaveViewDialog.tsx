import { Form, Input, Modal, Radio } from "antd";
import type { ObjectSchema, SavedView } from "@/api/types";
import { useProblem } from "@/kit";
import { useT } from "../messages";
import type { ListControls } from "../useListState";
import { useViewMutations } from "./useViews";

interface Props {
  object: ObjectSchema;
  list: ListControls;
  open: boolean;
  onClose: () => void;
  /** Renames this one instead of making another. */
  rename?: { view: SavedView; name: string };
}

interface Values {
  name: string;
  scope: SavedView["scope"];
}

export function SaveViewDialog({ object, list, open, onClose, rename }: Props) {
  const t = useT();
  const say = useProblem();
  const [form] = Form.useForm<Values>();
  const { create, update } = useViewMutations(object.key);
  const save = async () => {
    const values = await form.validateFields();
    const failed = { onError: (error: unknown) => say(error, form) };
    if (rename) {
      update.mutate({ view: rename.view, patch: values }, { ...failed, onSuccess: onClose });
      return;
    }
    create.mutate(
      { ...values, kind: list.kind, definition: list.definition },
      {
        ...failed,
        onSuccess: (view) => {
          list.reset();
          list.setView(view.id);
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open={open}
      title={rename ? t("view.rename") : t("view.new")}
      onCancel={onClose}
      onOk={() => void save()}
      confirmLoading={create.isPending || update.isPending}
      width={420}
      destroyOnHidden
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: rename?.name ?? "", scope: rename?.view.scope ?? "personal" }}
        onFinish={() => void save()}
      >
        <Form.Item
          name="name"
          label={t("view.name")}
          rules={[{ required: true, whitespace: true, message: t("view.name_required") }]}
        >
          <Input autoFocus maxLength={80} />
        </Form.Item>
        <Form.Item name="scope" label={t("view.share")}>
          <Radio.Group
            optionType="button"
            options={(["personal", "team", "everyone"] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
