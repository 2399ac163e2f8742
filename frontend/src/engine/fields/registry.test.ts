import { describe, expect, it } from "vitest";
import { familyOf } from "../views/filter/operators";
import { fieldModules, isBlank, moduleOf } from "./registry";
import { sanitise } from "./rich-text/sanitise";

const folders = import.meta.glob("./*/{Read,Edit,Filter}.tsx");

describe("field types on screen", () => {
  it("have a folder with Read, Edit and Filter each", () => {
    for (const type of Object.keys(fieldModules)) {
      for (const part of ["Read", "Edit", "Filter"]) {
        expect(folders[`./${type.replaceAll("_", "-")}/${part}.tsx`], `${type}/${part}`).toBeDefined();
      }
    }
  });

  it("are all in the registry, and know how to compare", () => {
    const known = new Set(Object.keys(fieldModules).map((type) => type.replaceAll("_", "-")));
    for (const path of Object.keys(folders)) {
      const folder = path.split("/")[1] ?? "";
      if (folder !== "shared") expect(known, folder).toContain(folder);
    }
    for (const type of Object.keys(fieldModules)) expect(familyOf({ type })).toBeTruthy();
  });

  it("show a type a newer server knows without falling over", () => {
    expect(moduleOf({ type: "hologram" })).toBe(fieldModules.json);
  });

  it("agree on what is nothing", () => {
    expect([null, undefined, "", []].every(isBlank)).toBe(true);
    expect([0, false, "0", ["a"]].some(isBlank)).toBe(false);
  });
});

describe("rich text", () => {
  it("keeps formatting and drops what could act", () => {
    expect(sanitise('<p onclick="x()">a <b>b</b><script>alert(1)</script></p>')).toBe("<p>a <b>b</b></p>");
    expect(sanitise('<a href="javascript:alert(1)">x</a>')).toBe("<a>x</a>");
    expect(sanitise('<img src=x onerror=alert(1)><svg onload="x"></svg>text')).toBe("text");
    expect(sanitise('<a href="https://example.com">x</a>')).toContain('rel="noopener noreferrer nofollow"');
  });
});
