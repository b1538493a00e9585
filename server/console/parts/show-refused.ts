import type { FormInstance } from 'antd';
import type { ApiError } from '../api/errors';
import { refusedFields } from '../api/errors';

/**
 * Shows what the service refused at the fields of a form.
 *
 * @returns false when it concerns anything that the form does not show, so that it is told elsewhere
 */
export function showRefused(form: FormInstance, error: ApiError, prefix?: string): boolean {
  const fields = refusedFields(error, prefix);
  const shown = fields.filter(({ name }) => form.getFieldInstance(name) !== undefined);
  form.setFields(shown);
  const [first] = shown;
  if (first) form.scrollToField(first.name, { block: 'center', focus: true });
  return shown.length > 0 && shown.length === fields.length;
}
