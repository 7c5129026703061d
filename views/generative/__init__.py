"""The page of generative and discriminative models of classes."""
