/** Schemas that the OpenAPI document names. Its own registry: zod's global one is shared by the whole process. */
import { z } from 'zod';

export const named = z.registry<{ id?: string; description?: string }>();
