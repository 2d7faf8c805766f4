import type { Component } from 'svelte';

/** A Lucide icon, imported from its own file. */
export type IconType = Component<{ size?: number; strokeWidth?: number }>;
