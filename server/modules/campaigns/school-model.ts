import { model, Schema } from 'mongoose';

export interface School {
  _id: string;
  name: string;
  createdAt: Date;
}

const schema = new Schema<School>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ name: 1 }, { unique: true });

export const Schools = model<School>('School', schema, 'schools');
