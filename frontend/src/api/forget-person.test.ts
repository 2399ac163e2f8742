import { expect, it } from "vitest";
import { forgetPerson } from "./forget-person";

it("leaves nothing of a person in the browser that others may use", () => {
  localStorage.setItem("guanxi.draft.1.customer.new", '{"touched":{"phone":"13800000000"}}');
  localStorage.setItem("guanxi.layout.customer.all", "{}");
  localStorage.setItem("guanxi.theme", "dark");
  sessionStorage.setItem("anything", "1");
  forgetPerson();
  expect(Object.keys(localStorage)).toEqual(["guanxi.theme"]);
  expect(sessionStorage.length).toBe(0);
});
