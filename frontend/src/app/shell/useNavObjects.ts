import { useMemo } from "react";
import { OBJECT_GROUPS, type ObjectGroup, type ObjectSchema, useSchema } from "@/api";

export interface NavGroup {
  key: ObjectGroup;
  objects: ObjectSchema[];
}

/** The objects that exist, in their groups; a group without objects is not shown. */
export function useNavObjects(): NavGroup[] {
  const { objects } = useSchema();
  return useMemo(
    () =>
      OBJECT_GROUPS.map((key) => ({
        key,
        objects: objects.filter(
          (object) =>
            !object.line_of &&
            !object.hidden &&
            (OBJECT_GROUPS.includes(object.group) ? object.group : "other") === key,
        ),
      })).filter((group) => group.objects.length > 0),
    [objects],
  );
}
