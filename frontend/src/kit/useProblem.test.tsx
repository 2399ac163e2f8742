import { act, render, screen, waitFor } from "@testing-library/react";
import { App, Form, type FormInstance, Input } from "antd";
import { describe, expect, it } from "vitest";
import { ApiProblem } from "@/api/problem";
import { switchLocale } from "@/i18n";
import { problemText, useProblem } from "./useProblem";

let form: FormInstance;
let say: ReturnType<typeof useProblem>;

function Probe() {
  const [instance] = Form.useForm();
  form = instance;
  say = useProblem();
  return (
    <Form form={instance}>
      <Form.Item name="amount" label="Amount">
        <Input />
      </Form.Item>
    </Form>
  );
}

describe("telling what went wrong", () => {
  it("stands at the field; what has no field becomes a message", async () => {
    render(
      <App>
        <Probe />
      </App>,
    );
    const errors = [
      { field: "amount", code: "wrong_type", message: "不是数字" },
      { field: "secret", code: "unknown_field", message: "没有这个字段" },
    ];
    act(() => say(new ApiProblem(422, { code: "validation_failed", errors }), form));
    await waitFor(() => expect(screen.getByText("不是数字")).toBeTruthy());
    expect(screen.getByText("没有这个字段")).toBeTruthy();
  });

  it("has words of its own where the server gave none, in both languages", async () => {
    await switchLocale("zh-CN");
    expect(problemText(ApiProblem.network())).toContain("连不上服务器");
    expect(problemText(new ApiProblem(429, {}, 12))).toContain("12 秒");
    expect(problemText(new ApiProblem(500, {}))).toContain("服务器出了问题");
    await switchLocale("en");
    expect(problemText(new ApiProblem(403, {}))).toContain("not allowed");
    expect(problemText(new Error("boom"))).not.toContain("boom");
    await switchLocale("zh-CN");
  });

  it("prefers the server's own sentence", () => {
    expect(problemText(new ApiProblem(409, { detail: "流程里还有商机。" }))).toBe("流程里还有商机。");
  });
});
