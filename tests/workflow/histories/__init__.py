"""Tests over many weeks, machines and mistakes: nothing lost, nothing twice."""
