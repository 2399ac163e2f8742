import { App, Button } from "antd";
import { Copy } from "lucide-react";
import { Icon, kitMessages } from "@/kit";

export function CopyButton({ text, children }: { text: string; children: string }) {
  const t = kitMessages.useT();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    message.success(t("copied"));
  };
  return (
    <Button icon={<Icon as={Copy} size={14} />} onClick={() => void copy()}>
      {children}
    </Button>
  );
}
