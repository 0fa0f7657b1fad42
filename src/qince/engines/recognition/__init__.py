"""What a machine recognizes: one provider a capability, each optional, each saying which model it is and how sure.

Where a provider is not installed the answer is "not assessed", never a pass; the features above have a person look.
"""
