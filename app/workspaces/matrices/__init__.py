"""Matrices: triangulation and factors, each number a way to its passages."""

from __future__ import annotations

from app.workspaces.matrices.workspace import MatricesWorkspace

__all__ = ["MatricesWorkspace"]
