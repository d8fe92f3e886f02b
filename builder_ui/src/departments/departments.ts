import { useQuery } from "@tanstack/react-query";
import { all, answer, api, type Schemas } from "../api/client";
import { queries } from "../api/queries";

export type Department = Schemas["DepartmentView"];

const DEPARTMENTS = ["departments"];

/** Every department of the company, by name. */
export const useDepartments = () =>
  useQuery({ queryKey: DEPARTMENTS, queryFn: () => all((query) => api.GET("/api/v1/departments", { params: { query } })) });

const of = (id: string) => ({ params: { path: { department_id: id } } });
const reread = () => queries.invalidateQueries({ queryKey: DEPARTMENTS });

/** Make a department, or give one another name. Raises a 409 where the name is taken. */
export async function saveDepartment(department: Department | null, name: string): Promise<void> {
  const body = { name };
  await (department
    ? answer(api.PUT("/api/v1/departments/{department_id}", { ...of(department.id), body }))
    : answer(api.POST("/api/v1/departments", { body })));
  await reread();
}

/** Delete a department; who was in it is in none. */
export async function deleteDepartment(id: string): Promise<void> {
  await api.DELETE("/api/v1/departments/{department_id}", of(id));
  await Promise.all([reread(), queries.invalidateQueries({ queryKey: ["users"] })]);
}
